// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.config.HostPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Listen addresses of which no two can be had at once. Used by one thread. */
final class ListenAddresses {
  /** Stands for the host of a bare port, which another setting says: it may be any of these. */
  static final String BIND_ADDRESS = "bind.address";

  private static final Set<String> ANY = Set.of("0.0.0.0", "::", BIND_ADDRESS);
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  private final List<HostPort> taken = new ArrayList<>();

  /**
   * Adds one.
   *
   * @throws IllegalArgumentException if one that is there already stands in its way.
   */
  void add(HostPort address) {
    for (HostPort other : taken) {
      if (other.port() == address.port() && sameHost(other.host(), address.host())) {
        throw new IllegalArgumentException(
            "another service already listens on port " + address.port());
      }
    }
    // Of port 0 there are as many as one likes.
    if (address.port() != 0) {
      taken.add(address);
    }
  }

  private static boolean sameHost(String one, String other) {
    String first = one.toLowerCase(Locale.ROOT);
    String second = other.toLowerCase(Locale.ROOT);
    return first.equals(second)
        || ANY.contains(first)
        || ANY.contains(second)
        || (LOOPBACK.contains(first) && LOOPBACK.contains(second));
  }
}
