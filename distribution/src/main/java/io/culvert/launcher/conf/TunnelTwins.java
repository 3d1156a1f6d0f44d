// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Finds files of tunnels that would take something from each other, such as a copy that was meant
 * as a backup. Shows no token. For one thread.
 */
final class TunnelTwins {
  private final BiFunction<ConfName, Map<String, Object>, Optional<String>> reader;
  private final String complaint;
  private final Map<String, String> values = new HashMap<>();

  private TunnelTwins(
      BiFunction<ConfName, Map<String, Object>, Optional<String>> reader, String complaint) {
    this.reader = reader;
    this.complaint = complaint;
  }

  /** Returns what finds tunnels with the same access token. */
  static TunnelTwins ofTokens() {
    return new TunnelTwins(
        (name, values) -> TunnelConf.text(values, "access.token"),
        " have the same access token, which is good for one tunnel only: delete one of them");
  }

  /** Returns what finds tunnels with the same name; the PID is that of a tunnel without one. */
  static TunnelTwins ofNames() {
    return new TunnelTwins(
        (name, values) ->
            TunnelConf.isEnabled(values)
                ? TunnelConf.text(values, "name").or(() -> Optional.of(name.fullPid()))
                : Optional.empty(),
        " have the same name, which only one tunnel can have: give one of them another");
  }

  /**
   * Notes what a file says.
   *
   * @return a complaint to follow its name, which begins with that of another file that has said
   *     the same before; not if this one had that already.
   */
  Optional<String> put(ConfName name, Map<String, Object> configuration) {
    Optional<String> value =
        TunnelConf.isTunnel(name) ? reader.apply(name, configuration) : Optional.empty();
    if (value.isEmpty()) {
      values.remove(name.file());
      return Optional.empty();
    }
    if (value.get().equals(values.put(name.file(), value.get()))) {
      return Optional.empty();
    }
    return values.keySet().stream()
        .filter(file -> !file.equals(name.file()) && value.get().equals(values.get(file)))
        .sorted()
        .findFirst()
        .map(file -> " and " + file + complaint);
  }

  void remove(String file) {
    values.remove(file);
  }
}
