// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import io.culvert.api.Configurations;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Components that refuse certain values, and know no PIDs but of tunnels and the stream bridge. */
final class FakeComponents implements Configurations {
  /** A token that is refused. */
  static final String WRONG = "wrong";

  /** A token that is refused until it is {@link #allow}ed. */
  static final String MISSING = "$[secret:missing]";

  private final Set<Object> wrong = new HashSet<>(Set.of(WRONG, MISSING, 0L));

  void allow(Object value) {
    wrong.remove(value);
  }

  void refuse(Object value) {
    wrong.add(value);
  }

  @Override
  public List<ConfigurationStatus> current() {
    return List.of();
  }

  @Override
  public ConfigurationStatus check(String pid, Map<String, ?> properties) {
    if (!pid.startsWith("io.culvert.Tunnel~") && !pid.equals("io.culvert.StreamBridge")) {
      throw new IllegalArgumentException(pid);
    }
    List<ConfigurationProblem> problems =
        properties.keySet().stream()
            .filter(key -> wrong.contains(properties.get(key)))
            .map(key -> new ConfigurationProblem(key, null, "is refused"))
            .toList();
    return new ConfigurationStatus(
        pid,
        problems.isEmpty() ? ConfigurationState.ACCEPTED : ConfigurationState.REFUSED,
        problems,
        List.of());
  }

  @Override
  public Set<String> secretKeys(String pid) {
    return Set.of("access.token");
  }
}
