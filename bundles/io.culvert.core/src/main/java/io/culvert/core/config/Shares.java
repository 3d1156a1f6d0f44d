// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.config.Values;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What part of a tunnel each service gets. Immutable.
 *
 * @param weights by service id; the empty id means services that have none of their own.
 * @param limits bytes per second, likewise.
 */
public record Shares(Map<String, Integer> weights, Map<String, Long> limits) {
  /** Equal shares without limits. */
  public static final Shares EQUAL = new Shares(Map.of(), Map.of());

  private static final int HEAVIEST = 100;

  /** Copies the maps. */
  public Shares {
    weights = Map.copyOf(weights);
    limits = Map.copyOf(limits);
  }

  static Shares read(Values values) {
    return new Shares(
        ServiceEntries.read(values, "weights", Shares::parseWeight),
        ServiceEntries.read(values, "rate.limits", SendSettings::rate));
  }

  /** Warns of services that no mapping has; as it may be one of a tunnel, they are no error. */
  void warnOfUnmapped(Values values, Set<String> mapped) {
    new TreeMap<>(weights)
        .forEach((id, weight) -> warnOfUnmapped(values, mapped, "weights", id, weight));
    new TreeMap<>(limits)
        .forEach((id, limit) -> warnOfUnmapped(values, mapped, "rate.limits", id, limit));
  }

  private static void warnOfUnmapped(
      Values values, Set<String> mapped, String key, String id, Number part) {
    if (!id.isEmpty() && !mapped.contains(id)) {
      values.warning(
          key,
          id + "=" + part,
          "the services mapped here are "
              + String.join(", ", mapped)
              + "; for another one it counts only where a tunnel has a mapping of its own, or a"
              + " source none");
    }
  }

  private static int parseWeight(String text) {
    int weight = 0;
    try {
      weight = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      // Said below, together with weights out of range.
    }
    if (weight < 1 || weight > HEAVIEST) {
      throw new IllegalArgumentException(
          "the weight must be a whole number of 1 to "
              + HEAVIEST
              + ServiceEntries.WITH_ID
              + "SSH=4");
    }
    return weight;
  }

  /**
   * Returns the weight of a service.
   *
   * @param serviceId the service.
   * @return at least 1.
   */
  public int weight(String serviceId) {
    return weights.getOrDefault(serviceId, weights.getOrDefault("", 1));
  }

  /**
   * Returns what all connections of a service may send together.
   *
   * @param serviceId the service.
   * @return bytes per second, 0 without limit.
   */
  public long limit(String serviceId) {
    return limits.getOrDefault(serviceId, limits.getOrDefault("", 0L));
  }
}
