// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What to type so that clients do not look for the emulator behind the web proxy of their
 * environment. Stateless.
 */
final class WebProxyHint {
  private WebProxyHint() {}

  /**
   * Looks at an environment.
   *
   * @param environment the environment variables.
   * @return a line for a shell, empty if there is no web proxy, or localhost is reached without it.
   */
  static Optional<String> of(Map<String, String> environment) {
    boolean isProxied =
        Stream.of("https_proxy", "HTTPS_PROXY", "http_proxy")
            .anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
    String direct = environment.getOrDefault("no_proxy", "");
    if (direct.isBlank()) {
      direct = environment.getOrDefault("NO_PROXY", "");
    }
    boolean isDirect =
        Arrays.stream(direct.split(",", -1))
            .map(String::strip)
            .anyMatch(name -> name.equalsIgnoreCase("localhost") || name.equals("*"));
    if (!isProxied || isDirect) {
      return Optional.empty();
    }
    String more = direct.isBlank() ? "" : ",\"${no_proxy:-$NO_PROXY}\"";
    return Optional.of("export no_proxy=localhost,127.0.0.1" + more);
  }
}
