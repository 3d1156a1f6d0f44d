// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows from what a gateway prints which tunnels it has. Thread-safe. */
final class GatewayTunnels {
  private static final Pattern CONNECTED = Pattern.compile(" (\\S+): connected to \\S+ as ");
  private static final Pattern ENDED = Pattern.compile(" (\\S+): (?:closed|failed)[:,]");

  private final Set<String> names = new HashSet<>();

  /** Takes the next line. */
  synchronized void read(String line) {
    Matcher connected = CONNECTED.matcher(line);
    Matcher ended = ENDED.matcher(line);
    if (connected.find()) {
      names.add(connected.group(1));
    } else if (ended.find()) {
      names.remove(ended.group(1));
    }
  }

  /** Tells whether it has none: each that was connected has ended. */
  synchronized boolean isEmpty() {
    return names.isEmpty();
  }
}
