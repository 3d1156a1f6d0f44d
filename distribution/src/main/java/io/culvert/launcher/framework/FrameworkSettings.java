// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.framework;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a framework is started with. Immutable.
 *
 * @param bundles the folders of our bundles; they are used in place, not copied.
 * @param storage a folder for what the framework keeps, made new by each start.
 * @param shared packages of the launcher that the bundles use too, with versions, besides those of
 *     {@link FrameworkHost}.
 * @param properties properties of the framework that bundles read.
 */
public record FrameworkSettings(
    List<Path> bundles, Path storage, List<String> shared, Map<String, String> properties) {
  /** The package of the tunnel manager's service, for a launcher that calls it. */
  public static final String API = "io.culvert.api;version=1.0.0";

  /** Copies the collections. */
  public FrameworkSettings {
    bundles = List.copyOf(bundles);
    shared = List.copyOf(shared);
    properties = Map.copyOf(properties);
  }

  /**
   * For a launcher that opens a tunnel itself: configurations are kept in memory only.
   *
   * @param bundles the folder of the bundles.
   * @param storage a folder that is deleted afterwards.
   */
  public static FrameworkSettings inMemory(Path bundles, Path storage) {
    return new FrameworkSettings(
        List.of(bundles),
        // A folder within: the framework may make its storage itself, for all to read.
        storage.resolve("framework"),
        List.of(API),
        Map.of("felix.cm.pm", "memory"));
  }
}
