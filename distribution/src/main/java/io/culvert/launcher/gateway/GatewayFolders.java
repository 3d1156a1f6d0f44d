// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import io.culvert.launcher.cli.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folders of a gateway, as absolute paths.
 *
 * @param bundles folders of bundles.
 * @param conf the configuration files, which are only read.
 * @param state what is kept.
 */
record GatewayFolders(List<Path> bundles, Path conf, Path state) {

  /** Copies the list. */
  GatewayFolders {
    bundles = List.copyOf(bundles);
  }

  /**
   * Finds them: what an option says, else a variable, else what is in the program's folder.
   *
   * @param home the program's folder.
   * @param surroundings the environment and the working folder.
   * @param conf the option for it.
   * @param state the option for it.
   */
  static GatewayFolders find(
      Path home, Surroundings surroundings, @Nullable String conf, @Nullable String state) {
    Optional<String> confPath =
        Optional.ofNullable(conf).or(() -> surroundings.variable("CULVERT_CONF"));
    Optional<String> statePath =
        Optional.ofNullable(state)
            .or(() -> surroundings.variable("CULVERT_STATE"))
            .or(() -> surroundings.variable("STATE_DIRECTORY").map(GatewayFolders::first));
    Path bundles = home.resolve("bundle");
    return new GatewayFolders(
        List.of(bundles, bundles.resolve("gateway")),
        absolute(confPath.map(surroundings::resolve).orElse(home.resolve("conf"))),
        absolute(statePath.map(surroundings::resolve).orElse(home.resolve("state"))));
  }

  /** For systemd, which separates several folders by colons. */
  private static String first(String folders) {
    int colon = folders.indexOf(':');
    return colon < 0 ? folders : folders.substring(0, colon);
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
