// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds files with secrets that every user of the machine can read. */
final class SecretFiles {
  private static final Set<String> SECRETS = Set.of("access.token", "client.token", "web.proxy");
  private static final String PASSWORD = "password";

  private SecretFiles() {}

  /**
   * Looks at the permissions of a file.
   *
   * @param file the file.
   * @param values what it configures.
   * @return the key of a secret in it that others can read.
   */
  static Optional<String> exposed(Path file, Map<String, Object> values) throws IOException {
    Optional<String> secret = values.keySet().stream().filter(SecretFiles::isSecret).findFirst();
    if (secret.isEmpty() || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return Optional.empty();
    }
    Path folder = file.toAbsolutePath().getParent();
    boolean exposed =
        Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)
            && Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE);
    return secret.filter(key -> exposed);
  }

  private static boolean isSecret(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    return SECRETS.contains(name) || name.contains(PASSWORD);
  }
}
