// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import io.culvert.launcher.cli.Surroundings;
import io.culvert.launcher.reference.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folders of a gateway, as absolute paths.
 *
 * @param bundles folders of our bundles.
 * @param webConsole the folder of the bundles of the web console.
 * @param deploy the folder for bundles of others, which need not be there.
 * @param conf the configuration files, which are only read.
 * @param secrets the files that placeholders in configurations name, if there are any.
 * @param state what is kept.
 */
record GatewayFolders(
    List<Path> bundles,
    Path webConsole,
    Path deploy,
    Path conf,
    Optional<Path> secrets,
    Path state) {
  /** Where systemd puts the credentials of a service. */
  private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

  /** Copies the list. */
  GatewayFolders {
    bundles = List.copyOf(bundles);
  }

  /**
   * Finds them: what an option says, else a variable that is not empty, else what is in the
   * program's folder. Secrets are systemd's credentials before those of the program's folder.
   *
   * @param home the program's folder.
   * @param surroundings the environment and the working folder.
   * @param conf the option for it.
   * @param secrets the option for them.
   * @param state the option for it.
   * @throws InputException if an option is empty or no path.
   */
  static GatewayFolders find(
      Path home,
      Surroundings surroundings,
      @Nullable String conf,
      @Nullable String secrets,
      @Nullable String state) {
    Optional<String> confPath =
        option("--conf", conf).or(() -> surroundings.variable("CULVERT_CONF"));
    Optional<String> secretsPath =
        option("--secrets", secrets).or(() -> surroundings.variable("CULVERT_SECRETS"));
    Optional<String> statePath =
        option("--state", state).or(() -> surroundings.variable("CULVERT_STATE"));
    Path bundles = home.resolve("bundle");
    return new GatewayFolders(
        List.of(bundles, bundles.resolve("gateway")),
        bundles.resolve("webconsole"),
        home.resolve("deploy"),
        absolute(confPath.map(surroundings::resolve).orElse(home.resolve("conf"))),
        secretsPath
            .map(surroundings::resolve)
            .or(
                () ->
                    surroundings
                        .variable(CREDENTIALS)
                        .map(surroundings::resolve)
                        .filter(Files::isDirectory))
            .or(() -> Optional.of(home.resolve("secrets")).filter(Files::isDirectory))
            .map(GatewayFolders::absolute),
        absolute(statePath.map(surroundings::resolve).orElse(home.resolve("state"))));
  }

  /** Returns what is wrong with the folder of secrets, if there is one and something is. */
  Optional<String> secretsComplaint() {
    return secrets
        // The plugin for placeholders would take a path with a comma for two.
        .filter(folder -> !isOpen(folder) || folder.toString().indexOf(',') >= 0)
        .map(
            folder ->
                "--secrets '"
                    + folder
                    + "': must be a folder that this user may read and enter, without a comma in"
                    + " its path");
  }

  /** Returns whether this user may read and enter a folder. */
  static boolean isOpen(Path folder) {
    return Files.isDirectory(folder) && Files.isReadable(folder) && Files.isExecutable(folder);
  }

  private static Optional<String> option(String name, @Nullable String value) {
    if (value != null && value.isBlank()) {
      throw new InputException(name + " '" + value + "': must be the path of a folder");
    }
    return Optional.ofNullable(value);
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
