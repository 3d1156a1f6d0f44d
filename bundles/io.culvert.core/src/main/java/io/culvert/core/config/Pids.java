// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import java.util.Map;

/** The names of configurations. */
public final class Pids {
  /** The name that Kura keeps for a configuration; there it is the stable one. */
  public static final String KURA = "kura.service.pid";

  private static final String OSGI = "service.pid";

  private Pids() {}

  /**
   * Returns the name of a configuration.
   *
   * @param properties the configuration.
   * @param absent the name of one that has none: what runs without being configured.
   * @return the name.
   */
  public static String of(Map<String, ?> properties, String absent) {
    Object kura = properties.get(KURA);
    Object osgi = properties.get(OSGI);
    return kura != null ? kura.toString() : osgi != null ? osgi.toString() : absent;
  }
}
