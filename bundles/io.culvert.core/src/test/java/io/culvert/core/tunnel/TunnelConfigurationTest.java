// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.config.SecretValues;
import io.culvert.core.connect.LogCapture;
import io.culvert.core.status.ConfigurationReports;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a configured tunnel asks of the tunnel manager, called as Declarative Services call it. */
class TunnelConfigurationTest {
  private static final String SECRET = "ThatNobodyMaySee";

  private final RecordingHost host = new RecordingHost();
  private LogCapture logs;

  @BeforeEach
  void listen() {
    logs = new LogCapture();
  }

  @AfterEach
  void nothingSecretWasLogged() {
    logs.close();
    assertThat(String.join("\n", logs.lines())).doesNotContain(SECRET);
  }

  @Test
  void aConfiguredTunnelIsOpenWhileItIsThere() {
    ConfiguredTunnel tunnel = configure(tunnel("endpoint", "one.example"));
    tunnel.deactivate();
    tunnel.deactivate();

    assertThat(host.events).containsExactly("open pid-1 one.example", "close one.example");
    assertThat(host.followers).isEmpty();
  }

  @Test
  void aChangeOpensTheTunnelAnewAndTheSameValuesDoNot() {
    ConfiguredTunnel tunnel = configure(tunnel("endpoint", "one.example"));
    tunnel.modified(tunnel("endpoint", "one.example"));
    assertThat(host.events).hasSize(1);

    tunnel.modified(tunnel("endpoint", "two.example"));
    assertThat(host.events)
        .containsExactly("open pid-1 one.example", "close one.example", "open pid-1 two.example");

    tunnel.modified(tunnel("enabled", false));
    assertThat(host.events).hasSize(4).endsWith("close two.example");
  }

  @Test
  void aBadChangeLeavesTheTunnelAsItIsAndIsSaid() {
    ConfiguredTunnel tunnel = configure(tunnel("endpoint", "one.example"));
    tunnel.modified(tunnel("mode", "both"));
    tunnel.modified(tunnel("client.token", SECRET));

    assertThat(host.events).hasSize(1);
    assertThat(logs.warnings()).hasSize(2);
    String stays = "CLV-CONFIG pid-1: is not accepted, what was in force stays: ";
    assertThat(logs.warnings().get(0)).contains(stays + "mode 'both'", "source");
    assertThat(logs.warnings().get(1)).contains(stays + "client.token", "32 to 128");
  }

  @Test
  void aBadConfigurationIsListedAndSaidOnce() {
    Map<String, Object> bad = tunnel("version", "V9");
    bad.put("mode", "source");
    ConfiguredTunnel tunnel = configure(bad);
    tunnel.modified(new HashMap<>(bad));

    assertThat(logs.warnings()).hasSize(1);
    assertThat(logs.warnings().get(0))
        .contains("CLV-CONFIG pid-1: is not accepted, the tunnel stays closed: version 'V9'");
    assertThat(host.events).hasSize(1);
    assertThat(host.events.get(0))
        .startsWith("reserve pid-1 SOURCE FAILED CLV-CONFIG version 'V9'");

    bad.put("name", "gate");
    tunnel.modified(bad);
    assertThat(host.events).hasSize(3);
    assertThat(host.events.get(1)).isEqualTo("close pid-1");
    assertThat(host.events.get(2)).startsWith("reserve gate SOURCE FAILED");

    tunnel.modified(tunnel("endpoint", "one.example"));
    assertThat(host.events).endsWith("close gate", "open pid-1 one.example");
    tunnel.deactivate();
    assertThat(host.events).endsWith("close one.example");
  }

  @Test
  void aBadConfigurationThatIsGoneIsNotListedAnyMore() {
    ConfiguredTunnel tunnel = configure(tunnel("version", "V9"));
    tunnel.modified(tunnel("enabled", false));
    assertThat(host.events).hasSize(2).endsWith("close pid-1");

    tunnel.modified(tunnel("version", "V9"));
    tunnel.deactivate();
    assertThat(host.events).hasSize(4).endsWith("close pid-1");
  }

  @Test
  void whatTheManagerRefusesIsSaidOnceAndListedUnderThePid() {
    ConfiguredTunnel tunnel = configure(tunnel("name", "refused"));
    tunnel.modified(tunnel("name", "refused"));
    host.followers.forEach(follower -> follower.changed(Set.of()));

    assertThat(logs.warnings()).hasSize(1);
    assertThat(logs.warnings().get(0)).contains("is not accepted", "refused by the test");
    assertThat(logs.infos(ConfiguredTunnel.class)).isEmpty();
    assertThat(host.events)
        .containsExactly(
            "reserve pid-1 DESTINATION FAILED CLV-CONFIG name 'refused': refused by the test");
  }

  @Test
  void aChangeThatTheManagerRefusesLeavesTheTunnelAsItIs() {
    ConfiguredTunnel tunnel = configure(tunnel("endpoint", "one.example"));
    tunnel.modified(tunnel("name", "refused"));

    assertThat(host.events).containsExactly("open pid-1 one.example");
    assertThat(logs.warnings()).hasSize(1);
    assertThat(logs.warnings().get(0)).contains("pid-1: is not accepted", "refused by the test");

    tunnel.modified(tunnel("endpoint", "one.example"));
    assertThat(host.events).hasSize(1);
    tunnel.deactivate();
    assertThat(host.events).hasSize(2).endsWith("close one.example");
  }

  private ConfiguredTunnel configure(Map<String, Object> properties) {
    return new ConfiguredTunnel(
        new RegistrationContext().context(),
        host,
        new SecretValues(),
        new ConfigurationReports(),
        properties);
  }

  private static Map<String, Object> tunnel(String key, Object value) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("service.pid", "pid-1");
    properties.put("access.token", SECRET);
    properties.put(key, value);
    return properties;
  }
}
