// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import io.culvert.api.ErrorCode;
import io.culvert.api.Secret;
import io.culvert.api.SecretDecoder;
import io.culvert.api.SecretDecodingException;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.config.Outcome;
import io.culvert.config.SecretValues;
import io.culvert.config.StatusSink;
import io.culvert.core.connect.LogCapture;
import io.culvert.core.status.ConfigurationReports;
import io.culvert.core.stream.Bridges;
import io.culvert.core.stream.StreamBridge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The tunnel manager, called as Declarative Services call it: what it registers, and that it holds
 * tunnels as long as the settings that count are still to come.
 */
class TunnelManagerComponentTest {
  private static final SecretDecoder BROKEN =
      value -> {
        throw new SecretDecodingException("damaged");
      };

  /** Nobody listens there: a tunnel that is let go keeps trying. */
  private static final SecretDecoder PROXY = value -> Secret.of("http://127.0.0.1:9");

  private static final Map<String, Object> ENCRYPTED =
      Map.of("kura.service.pid", "manager", "web.proxy", "cipher", "endpoint", "127.0.0.1:9");

  private final LogCapture logs = new LogCapture();
  private final SecretValues secrets = new SecretValues();
  private final ConfigurationReports reports = new ConfigurationReports();
  private final StreamBridge bridge = new StreamBridge(secrets, reports, Map.of());
  private final List<Runnable> ends = new ArrayList<>();
  private final RegistrationContext osgi = new RegistrationContext();

  @AfterEach
  void stop() {
    for (int i = ends.size(); i-- > 0; ) {
      ends.get(i).run();
    }
    Bridges.deactivate(bridge);
    logs.close();
  }

  @Test
  void aConfiguredTunnelWaitsForSettingsWhoseSecretsCannotBeDecodedYet() {
    start(reports, ENCRYPTED);
    tunnel();

    assertWaits();
    assertThat(logs.warnings()).isEmpty();
    secrets.setDecoder(BROKEN);
    assertWaits();
    assertThat(logs.warnings())
        .singleElement()
        .asString()
        .contains("CLV-SECRET manager: is not accepted, the defaults stay: web.proxy: ");
    secrets.setDecoder(PROXY);

    assertOpened();
  }

  @Test
  void settingsThatMustWaitHoldTunnelsThatTheDefaultsCannotOpen() {
    TunnelManagerComponent manager = start(reports, Map.of());
    tunnel();
    assertThat(osgi.host().tunnels().get(0).state()).isEqualTo(TunnelState.FAILED);

    manager.modified(ENCRYPTED);
    assertWaits();
    manager.modified(Map.of());
    assertThat(osgi.host().tunnels().get(0).failure())
        .extracting(TunnelFailure::code)
        .isEqualTo(ErrorCode.CONFIGURATION);
    manager.modified(ENCRYPTED);
    secrets.setDecoder(PROXY);

    assertOpened();
  }

  @Test
  void settingsThatWereInForceHoldNothing() {
    secrets.setDecoder(PROXY);
    start(reports, ENCRYPTED);
    secrets.setDecoder(BROKEN);

    tunnel();

    assertOpened();
  }

  @Test
  void aDecoderThatComesWhileTheManagerStartsIsHeard() {
    start(
        new StatusSink() {
          @Override
          public void put(Outcome outcome, boolean another) {
            if (outcome.status().state() == ConfigurationState.WAITING) {
              secrets.setDecoder(PROXY);
            }
          }

          @Override
          public void remove(String pid) {}
        },
        ENCRYPTED);

    tunnel();

    assertOpened();
  }

  @Test
  void theServiceHasNothingButThePidsAndChangesWithTheseOnly() {
    String secret = "ThatNobodyMaySee";
    Map<String, Object> properties = new HashMap<>();
    properties.put("service.pid", "io.culvert.TunnelManager");
    properties.put("kura.service.pid", "io.culvert.TunnelManager");
    properties.put("component.id", 7L);
    properties.put("web.proxy", "http://user:" + secret + "@proxy.example");
    TunnelManagerComponent manager = start(reports, properties);
    assertThat(osgi.events).containsExactly("register [kura.service.pid, service.pid]");

    for (int i = 0; i < 50; i++) {
      manager.modified(new HashMap<>(properties));
    }
    properties.put("ping.period", 30_000);
    manager.modified(properties);
    assertThat(osgi.events).hasSize(1);

    manager.modified(Map.of("ping.period", 1, "web.proxy", "ftp://u:" + secret + "@host"));
    assertThat(osgi.events).hasSize(2).endsWith("setProperties");
    assertThat(logs.warnings()).hasSize(1);
    assertThat(logs.warnings().get(0)).contains("ping.period '1'", "web.proxy: ");

    manager.deactivate();
    assertThat(osgi.events).endsWith("unregister");
    assertThat(logs.lines()).noneMatch(line -> line.contains(secret));
  }

  private TunnelManagerComponent start(StatusSink sink, Map<String, Object> properties) {
    TunnelManagerComponent manager =
        new TunnelManagerComponent(
            osgi.context(),
            bridge,
            new ServiceMappingConfig(secrets, reports, Map.of()),
            new StateFolder(osgi.context()),
            secrets,
            sink,
            properties);
    ends.add(manager::deactivate);
    return manager;
  }

  /** Configures a tunnel that says no service. */
  private void tunnel() {
    ConfiguredTunnel tunnel =
        new ConfiguredTunnel(
            new RegistrationContext().context(),
            osgi.host(),
            secrets,
            reports,
            Map.of("service.pid", "gate", "access.token", "token"));
    ends.add(tunnel::deactivate);
  }

  private void assertWaits() {
    String reason =
        "region, endpoint: waits for the settings of the tunnel manager,"
            + " whose secrets cannot be decoded yet";
    assertThat(osgi.host().tunnels())
        .singleElement()
        .returns(TunnelState.WAITING, TunnelStatus::state)
        .returns(TunnelFailure.of(ErrorCode.SECRET, reason), TunnelStatus::failure);
    assertThat(gate().state()).isEqualTo(ConfigurationState.WAITING);
    assertThat(gate().errors()).singleElement().hasToString(reason);
  }

  private void assertOpened() {
    TunnelFixture.await(() -> osgi.host().tunnels().get(0).state() == TunnelState.CONNECTING);
    assertThat(osgi.host().tunnels())
        .singleElement()
        .returns("127.0.0.1:9", TunnelStatus::endpoint);
    assertThat(gate().state()).isEqualTo(ConfigurationState.ACCEPTED);
  }

  private ConfigurationStatus gate() {
    return reports.current().stream()
        .filter(status -> status.pid().equals("gate"))
        .findFirst()
        .orElseThrow();
  }
}
