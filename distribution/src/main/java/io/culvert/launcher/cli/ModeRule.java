// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.cli;

import io.culvert.api.TunnelMode;
import io.culvert.launcher.reference.InputException;
import io.culvert.launcher.reference.OptionValue;
import io.culvert.launcher.reference.ReferenceOption;
import java.util.Optional;

/** Which end of a tunnel options are for. */
public final class ModeRule {
  private ModeRule() {}

  /**
   * Finds the mode.
   *
   * @param options the options.
   * @return the mode, if they say it.
   * @throws InputException if they say both.
   */
  public static Optional<TunnelMode> find(OptionLayers options) {
    Optional<OptionValue> source = options.find(ReferenceOption.SOURCE_LISTEN_PORT);
    Optional<OptionValue> destination = options.find(ReferenceOption.DESTINATION_APP);
    if (source.isPresent() && destination.isPresent()) {
      throw new InputException(
          source.get() + " and " + destination.get() + ": only one of them is allowed");
    }
    Optional<OptionValue> mapping = source.or(() -> destination);
    Optional<TunnelMode> mapped =
        mapping.map(value -> source.isPresent() ? TunnelMode.SOURCE : TunnelMode.DESTINATION);
    Optional<OptionValue> named = options.find(ReferenceOption.MODE);
    if (named.isPresent() && mapped.isPresent()) {
      if (Checks.mode(named.get()) != mapped.get()) {
        throw new InputException(
            named.get() + " and " + mapping.get() + ": are for different modes");
      }
    }
    return mapped.or(() -> named.map(Checks::mode));
  }
}
