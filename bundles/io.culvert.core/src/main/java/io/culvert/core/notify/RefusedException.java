// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import io.culvert.api.NotificationDecision;
import java.util.Objects;

/**
 * A notification is not followed. The message says more, and holds nothing that was not checked.
 */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final NotificationDecision decision;

  /**
   * Makes one.
   *
   * @param decision what was decided.
   * @param message why, in words; empty if the decision says it all.
   */
  RefusedException(NotificationDecision decision, String message) {
    super(message, null, false, false);
    this.decision = decision;
  }

  NotificationDecision decision() {
    return decision;
  }

  /** Returns why, in words. */
  String reason() {
    return Objects.requireNonNullElse(getMessage(), "");
  }
}
