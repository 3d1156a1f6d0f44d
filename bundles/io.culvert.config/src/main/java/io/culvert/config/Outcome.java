// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import io.culvert.api.ConfigurationStatus;
import io.culvert.api.ErrorCode;

/**
 * What became of a configuration, for who tells it. Immutable; never holds a secret.
 *
 * @param status what became of it.
 * @param code what kind of error it is if there are errors.
 * @param instead what is in force if it is not.
 */
public record Outcome(ConfigurationStatus status, ErrorCode code, Instead instead) {
  /** What is in force while a configuration is not. */
  public enum Instead {
    /** The last one that was accepted. */
    LAST_GOOD("what was in force stays"),
    /** None was accepted yet. */
    DEFAULTS("the defaults stay"),
    /** Nothing: it is that of a tunnel, which is not open. */
    NOTHING("the tunnel stays closed");

    private final String text;

    Instead(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
