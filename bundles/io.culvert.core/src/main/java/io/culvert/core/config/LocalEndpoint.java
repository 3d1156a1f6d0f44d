// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.config.HostPort;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a local application listens: TCP, or a Unix domain socket. */
public sealed interface LocalEndpoint {
  /**
   * A TCP address.
   *
   * @param address host and port.
   */
  record Tcp(HostPort address) implements LocalEndpoint {
    @Override
    public String toString() {
      return address.toString();
    }
  }

  /**
   * A Unix domain socket.
   *
   * @param path the socket's path.
   */
  record Unix(Path path) implements LocalEndpoint {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * Reads a destination: {@code port} (on localhost), {@code host:port}, {@code [IPv6]:port}, or a
   * path, which is whatever contains a slash.
   *
   * @param text what to read.
   * @return the endpoint.
   * @throws IllegalArgumentException if it has none of these forms, or port 0.
   */
  static LocalEndpoint parse(String text) {
    if (text.indexOf('/') >= 0) {
      try {
        return new Unix(Path.of(text));
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException("must be a valid path: " + e.getReason(), e);
      }
    }
    try {
      HostPort address = HostPort.parse(text, "localhost", -1);
      if (address.port() > 0) {
        return new Tcp(address);
      }
    } catch (IllegalArgumentException e) {
      // Answered below, together with port 0.
    }
    throw new IllegalArgumentException(
        "must be a port (1 to 65535), host:port, [IPv6]:port or the path of a Unix socket with a"
            + " '/'");
  }
}
