// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where a process listens. */
final class Listeners {
  private Listeners() {}

  /** Returns the addresses at which a process listens, as Linux writes them. */
  static List<String> of(long pid) throws IOException {
    List<String> sockets;
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      sockets = open.map(Listeners::target).filter(name -> name.startsWith("socket:")).toList();
    }
    Path net = Path.of("/proc", Long.toString(pid), "net");
    return Stream.of("tcp", "tcp6")
        .flatMap(table -> rows(net.resolve(table)))
        .map(row -> row.strip().split("\\s+", -1))
        .filter(row -> row[3].equals("0A") && sockets.contains("socket:[" + row[9] + "]"))
        .map(row -> row[1])
        .toList();
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // closed in between
    }
  }

  private static Stream<String> rows(Path table) {
    try {
      return Files.readAllLines(table).stream().skip(1);
    } catch (IOException e) {
      return Stream.empty(); // a system without IPv6
    }
  }
}
