// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import java.util.HashMap;
import java.util.Map;

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
    Map<String, Integer> weights = new HashMap<>();
    Map<String, Long> limits = new HashMap<>();
    ServiceEntries.read(values, "weights", Shares::parseWeight).forEach(weights::put);
    ServiceEntries.read(values, "rate.limits", SendSettings::rate).forEach(limits::put);
    return new Shares(weights, limits);
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
