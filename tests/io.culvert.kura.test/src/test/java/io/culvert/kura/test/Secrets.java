// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What a gateway keeps and nobody may log: tokens as they are, and as Kura has encrypted them. */
final class Secrets {
  private static final List<String> PASSWORDS =
      List.of("access.token", "client.token", "web.proxy");

  private Secrets() {}

  /** Returns the client tokens and the passwords of all snapshots that are below a folder. */
  static Set<String> in(Path folder) throws Exception {
    Set<String> secrets = new HashSet<>();
    for (Path file : files(folder)) {
      if (file.toString().endsWith(".client-token")) {
        secrets.add(Files.readString(file));
      } else if (file.getParent().endsWith("snapshots")) {
        for (Map<String, Object> configuration : snapshot(file).values()) {
          PASSWORDS.stream()
              .map(configuration::get)
              .filter(Objects::nonNull)
              .map(Object::toString)
              .forEach(secrets::add);
        }
      }
    }
    secrets.remove("");
    return secrets;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).toList();
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> snapshot(Path file) throws Exception {
    try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file))) {
      return (Map<String, Map<String, Object>>) in.readObject();
    }
  }
}
