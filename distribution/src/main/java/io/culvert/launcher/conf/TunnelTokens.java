// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds files of tunnels that have the same access token, such as a copy that was meant as a
 * backup: two tunnels would take it from each other. Shows no token. For one thread.
 */
final class TunnelTokens {
  /** Follows the names of two files. */
  static final String TWINS =
      " have the same access token, which is good for one tunnel only: delete one of them";

  private static final String PID = "io.culvert.Tunnel";
  private static final String TOKEN = "access.token";

  private final Map<String, String> tokens = new HashMap<>();

  /**
   * Notes what a file says.
   *
   * @return another file that has said the same before, unless this one had the token already.
   */
  Optional<String> put(ConfName name, Map<String, Object> values) {
    if (!name.pid().equals(PID)
        || !(values.get(TOKEN) instanceof String token)
        || token.isBlank()) {
      tokens.remove(name.file());
      return Optional.empty();
    }
    if (token.equals(tokens.put(name.file(), token))) {
      return Optional.empty();
    }
    return tokens.keySet().stream()
        .filter(file -> !file.equals(name.file()) && token.equals(tokens.get(file)))
        .sorted()
        .findFirst();
  }

  void remove(String file) {
    tokens.remove(file);
  }
}
