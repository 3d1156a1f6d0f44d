// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.cli;

import io.culvert.launcher.reference.InputException;
import io.culvert.launcher.reference.OptionValue;
import io.culvert.launcher.reference.ReferenceOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Option values by source, the strongest first: command line, configuration file, environment.
 *
 * @param layers the values of each source.
 */
public record OptionLayers(List<Map<ReferenceOption, OptionValue>> layers) {

  /** Copies the list. */
  public OptionLayers {
    layers = List.copyOf(layers);
  }

  /** Returns the values that environment variables give. */
  static Map<ReferenceOption, OptionValue> environment(Surroundings surroundings) {
    Map<ReferenceOption, OptionValue> values = new EnumMap<>(ReferenceOption.class);
    for (ReferenceOption option : ReferenceOption.values()) {
      option
          .variable()
          .ifPresent(
              name ->
                  surroundings
                      .variable(name)
                      .ifPresent(text -> values.put(option, new OptionValue(option, text, name))));
    }
    return values;
  }

  /** Returns the value of the strongest source that has one. */
  public Optional<OptionValue> find(ReferenceOption option) {
    return layers.stream()
        .filter(layer -> layer.containsKey(option))
        .map(layer -> layer.get(option))
        .findFirst();
  }

  /** Tells whether the strongest source that has this flag sets it. */
  boolean isSet(ReferenceOption flag) {
    return find(flag).map(value -> Boolean.parseBoolean(value.text())).orElse(false);
  }

  /**
   * Returns the value of either option. A stronger source overrides a weaker one, whichever of the
   * two it gives.
   *
   * @throws InputException if the strongest source that has one of them has both.
   */
  Optional<OptionValue> findEither(ReferenceOption one, ReferenceOption other) {
    for (Map<ReferenceOption, OptionValue> layer : layers) {
      OptionValue first = layer.get(one);
      OptionValue second = layer.get(other);
      if (first != null && second != null) {
        throw new InputException(first + " and " + second + ": only one of them is allowed");
      }
      if (first != null || second != null) {
        return Optional.of(first != null ? first : second);
      }
    }
    return Optional.empty();
  }
}
