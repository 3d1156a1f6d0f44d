// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.api.ConfigurationKind;
import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import io.culvert.config.SecretValues;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other bundles can configure is judged and named like what this one can. */
class KindsTest {
  private static final ConfigurationProblem WRONG = new ConfigurationProblem("host", "x", "wrong");

  /** Refuses all. */
  public static final class Other implements ConfigurationKind {
    @Override
    public String pid() {
      return "io.culvert.Other";
    }

    @Override
    public Set<String> keys() {
      return Set.of("host", "password", "region");
    }

    @Override
    public Set<String> secretKeys() {
      return Set.of("password");
    }

    @Override
    public ConfigurationStatus check(Map<String, ?> properties) {
      return new ConfigurationStatus(pid(), ConfigurationState.REFUSED, List.of(WRONG), List.of());
    }
  }

  private final Kinds kinds = new Kinds();
  private final SecretValues secrets = new SecretValues(kinds);
  private final ConfigurationKind other = new Other();

  @Test
  void aKindThatComesIsJudgedByItsOwnRules() {
    kinds.addKind(other);

    assertThat(kinds.check(secrets, "io.culvert.Other~one", Map.of()))
        .isEqualTo(
            new ConfigurationStatus(
                "io.culvert.Other~one", ConfigurationState.REFUSED, List.of(WRONG), List.of()));
    assertThat(kinds.secretKeys("io.culvert.Other")).containsExactly("password");
  }

  @Test
  void aKindThatGoesIsNoneAnyMore() {
    kinds.addKind(other);
    assertThatThrownBy(() -> kinds.secretKeys("io.culvert.Nothing"))
        .hasMessageEndingWith(", io.culvert.Other");
    kinds.removeKind(other);

    assertThatThrownBy(() -> kinds.check(secrets, "io.culvert.Other", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "PID 'io.culvert.Other': must be one of io.culvert.TunnelManager, io.culvert.");
  }

  @Test
  void aKeyThatIsNoneHereIsSaidToBelongToAnotherKind() {
    kinds.addKind(other);

    assertThat(kinds.check(secrets, StreamBridgeOcd.PID, Map.of("region", "x")).warnings())
        .singleElement()
        .asString()
        .contains(
            "it belongs to io.culvert.TunnelManager or io.culvert.Tunnel or io.culvert.Other");
  }

  @Test
  void withoutAFrameworkTheClassLoaderOfTheThreadKnowsTheOthers(@TempDir Path folder)
      throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(ConfigurationKind.class.getName()), Other.class.getName());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);

      assertThat(Kinds.onClassPath().secretKeys("io.culvert.Other")).containsExactly("password");
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
