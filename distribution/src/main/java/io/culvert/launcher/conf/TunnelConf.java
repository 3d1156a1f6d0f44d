// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.util.Map;
import java.util.Optional;

/** What matters of the configurations of tunnels where several are looked at. Stateless. */
final class TunnelConf {
  private static final String PID = "io.culvert.Tunnel";

  private TunnelConf() {}

  /** Returns whether a file is that of a tunnel. */
  static boolean isTunnel(ConfName name) {
    return name.pid().equals(PID);
  }

  /** Returns whether a configuration is that of a tunnel; other tools may name it with a dot. */
  static boolean isTunnel(String fullPid) {
    return fullPid.startsWith(PID + "~") || fullPid.startsWith(PID + ".");
  }

  /** Returns whether a tunnel is to be open; it is unless that is denied. */
  static boolean isEnabled(Map<String, Object> configuration) {
    return text(configuration, "enabled").filter("false"::equalsIgnoreCase).isEmpty();
  }

  /** Returns whether a tunnel, or the tunnel manager, says which service to connect to. */
  static boolean hasService(Map<String, Object> configuration) {
    return text(configuration, "region").or(() -> text(configuration, "endpoint")).isPresent();
  }

  /** Returns a value without the white space around it, if there is one. */
  static Optional<String> text(Map<String, Object> configuration, String key) {
    return Optional.ofNullable(configuration.get(key))
        .map(value -> value.toString().strip())
        .filter(text -> !text.isEmpty());
  }
}
