// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.framework;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How Felix's plugin of ConfigAdmin replaces placeholders in configurations, on their way to the
 * components. Stateless.
 */
public final class Interpolation {
  private static final String PLUGIN = "org.apache.felix.configadmin.plugin.interpolation";

  private Interpolation() {}

  /**
   * Returns properties of a framework that has the plugin.
   *
   * @param secrets the folder of the files that {@code $[secret:NAME]} names; no comma in its path.
   */
  public static Map<String, String> properties(Optional<Path> secrets) {
    Map<String, String> properties = new HashMap<>();
    // There is no ConfigAdmin without it, so nothing gets a configuration before it is there.
    properties.put("felix.cm.config.plugins", PLUGIN);
    properties.put(PLUGIN + ".file.encoding", "UTF-8");
    secrets.ifPresent(folder -> properties.put(PLUGIN + ".secretsdir", folder.toString()));
    return properties;
  }
}
