// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import java.util.Map;
import java.util.Objects;

/** What a component can tell of the properties that it is given, whatever they configure. */
public final class ConfigurationProperties {
  /** The name that Kura keeps for a configuration; there it is the stable one. */
  static final String KURA_PID = "kura.service.pid";

  private static final String PID = "service.pid";

  private ConfigurationProperties() {}

  /**
   * Returns the name of a configuration.
   *
   * @param properties the configuration.
   * @param absent the name of one that has none: what runs without being configured.
   * @return the name.
   */
  public static String pid(Map<String, ?> properties, String absent) {
    Object kura = properties.get(KURA_PID);
    Object osgi = properties.get(PID);
    return kura != null ? kura.toString() : osgi != null ? osgi.toString() : absent;
  }

  /**
   * Tells whether two configurations are equal.
   *
   * @param one a configuration.
   * @param other another one.
   * @return whether they have equal values, those of arrays included.
   */
  public static boolean same(Map<String, ?> one, Map<String, ?> other) {
    return one.keySet().equals(other.keySet())
        && one.keySet().stream().allMatch(key -> Objects.deepEquals(one.get(key), other.get(key)));
  }
}
