// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import io.culvert.launcher.framework.KnownPids;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds files with secrets that every user of the machine can read. Stateless. */
final class SecretFiles {
  private static final String PASSWORD = "password";

  private SecretFiles() {}

  /**
   * Looks at the permissions of a configuration file and of the secret files that it names.
   *
   * @param file the file.
   * @param known tells which of its values are secrets.
   * @param folder the folder of the secret files, if there is one.
   * @return a warning for each that others can read.
   */
  static List<Finding> exposed(ConfFile file, KnownPids known, Optional<Path> folder)
      throws IOException {
    List<Finding> warnings = new ArrayList<>();
    Optional<String> secret = secret(file, known);
    if (secret.isPresent() && isOpen(file.path())) {
      warnings.add(warning(file.path(), file.text().line(secret.get()), "its " + secret.get()));
    }
    if (folder.isPresent()) {
      for (String name : Placeholders.secrets(file.values().values())) {
        // By way of a File, as a name may be no valid path.
        File named = new File(folder.get().toFile(), name);
        if (named.isFile()) {
          exposed(named.toPath()).ifPresent(warnings::add);
        }
      }
    }
    return warnings;
  }

  /** Returns a warning if others can read a file that holds a secret and nothing else. */
  static Optional<Finding> exposed(Path file) throws IOException {
    return Files.exists(file) && isOpen(file)
        ? Optional.of(warning(file, 0, "it"))
        : Optional.empty();
  }

  private static Finding warning(Path file, int line, String what) {
    return Finding.warning(
        file, line, "every user of this machine can read " + what + "; chmod o-r mends it");
  }

  private static Optional<String> secret(ConfFile file, KnownPids known) {
    Set<String> secrets = known.secrets().getOrDefault(file.name().pid(), Set.of());
    return file.values().entrySet().stream()
        .filter(entry -> !Placeholders.isBare(entry.getValue()))
        .map(Map.Entry::getKey)
        .filter(key -> secrets.stream().anyMatch(key::equalsIgnoreCase) || isPassword(key))
        .findFirst();
  }

  /** For bundles that do not say which of their values are secrets. */
  private static boolean isPassword(String key) {
    return key.toLowerCase(Locale.ROOT).contains(PASSWORD);
  }

  private static boolean isOpen(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    Path folder = file.toAbsolutePath().getParent();
    return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)
        && Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE);
  }
}
