// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.api.Secret;
import io.culvert.api.Tunnel;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelListener;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.core.config.ConfigurationException;
import io.culvert.core.config.SecretValues;
import io.culvert.core.connect.LogCapture;
import io.culvert.core.status.ConfigurationReports;
import io.culvert.core.stream.Bridges;
import io.culvert.core.stream.StreamBridge;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The components, called as Declarative Services call them. */
class ComponentsTest {
  private static final String SECRET = "ThatNobodyMaySee";

  private final List<String> events = new ArrayList<>();
  private final List<TunnelHost.Follower> followers = new ArrayList<>();
  private final TunnelHost manager = new RecordingManager();
  private final ConfigurationReports reports = new ConfigurationReports();
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
    ConfiguredTunnel tunnel =
        new ConfiguredTunnel(
            manager, new SecretValues(), reports, tunnel("endpoint", "one.example"));
    tunnel.deactivate();
    tunnel.deactivate();

    assertThat(events).containsExactly("open pid-1 one.example", "close one.example");
    assertThat(followers).isEmpty();
  }

  @Test
  void aChangeOpensTheTunnelAnewAndTheSameValuesDoNot() {
    ConfiguredTunnel tunnel =
        new ConfiguredTunnel(
            manager, new SecretValues(), reports, tunnel("endpoint", "one.example"));
    tunnel.modified(tunnel("endpoint", "one.example"));
    assertThat(events).hasSize(1);

    tunnel.modified(tunnel("endpoint", "two.example"));
    assertThat(events)
        .containsExactly("open pid-1 one.example", "close one.example", "open pid-1 two.example");

    tunnel.modified(tunnel("enabled", false));
    assertThat(events).hasSize(4).endsWith("close two.example");
  }

  @Test
  void aBadChangeLeavesTheTunnelAsItIsAndIsSaid() {
    ConfiguredTunnel tunnel =
        new ConfiguredTunnel(
            manager, new SecretValues(), reports, tunnel("endpoint", "one.example"));
    tunnel.modified(tunnel("mode", "both"));
    tunnel.modified(tunnel("client.token", SECRET));

    assertThat(events).hasSize(1);
    assertThat(logs.warnings()).hasSize(2);
    assertThat(logs.warnings().get(0)).contains("pid-1: is not accepted", "mode 'both'", "source");
    assertThat(logs.warnings().get(1)).contains("pid-1: is not accepted", "32 to 128");
  }

  @Test
  void aBadConfigurationIsListedAndSaidOnce() {
    Map<String, Object> bad = tunnel("version", "V9");
    bad.put("mode", "source");
    ConfiguredTunnel tunnel = new ConfiguredTunnel(manager, new SecretValues(), reports, bad);
    tunnel.modified(new HashMap<>(bad));

    assertThat(logs.warnings()).hasSize(1);
    assertThat(logs.warnings().get(0)).contains("pid-1: is not accepted", "version 'V9'");
    assertThat(events).hasSize(1);
    assertThat(events.get(0)).startsWith("reserve pid-1 SOURCE FAILED CLV-CONFIG version 'V9'");

    bad.put("name", "gate");
    tunnel.modified(bad);
    assertThat(events).hasSize(3);
    assertThat(events.get(1)).isEqualTo("close pid-1");
    assertThat(events.get(2)).startsWith("reserve gate SOURCE FAILED");

    tunnel.modified(tunnel("endpoint", "one.example"));
    assertThat(events).endsWith("close gate", "open pid-1 one.example");
    tunnel.deactivate();
    assertThat(events).endsWith("close one.example");
  }

  @Test
  void aBadConfigurationThatIsGoneIsNotListedAnyMore() {
    ConfiguredTunnel tunnel =
        new ConfiguredTunnel(manager, new SecretValues(), reports, tunnel("version", "V9"));
    tunnel.modified(tunnel("enabled", false));
    assertThat(events).hasSize(2).endsWith("close pid-1");

    tunnel.modified(tunnel("version", "V9"));
    tunnel.deactivate();
    assertThat(events).hasSize(4).endsWith("close pid-1");
  }

  @Test
  void whatTheManagerRefusesIsSaidOnceAndListedUnderThePid() {
    ConfiguredTunnel tunnel =
        new ConfiguredTunnel(manager, new SecretValues(), reports, tunnel("name", "refused"));
    tunnel.modified(tunnel("name", "refused"));
    followers.forEach(follower -> follower.changed(Set.of()));

    assertThat(logs.warnings()).hasSize(1);
    assertThat(logs.warnings().get(0)).contains("is not accepted", "refused by the test");
    assertThat(logs.infos(ConfiguredTunnel.class)).isEmpty();
    assertThat(events)
        .containsExactly(
            "reserve pid-1 DESTINATION FAILED CLV-CONFIG name 'refused': refused by the test");
  }

  @Test
  void aChangeThatTheManagerRefusesLeavesTheTunnelAsItIs() {
    ConfiguredTunnel tunnel =
        new ConfiguredTunnel(
            manager, new SecretValues(), reports, tunnel("endpoint", "one.example"));
    tunnel.modified(tunnel("name", "refused"));

    assertThat(events).containsExactly("open pid-1 one.example");
    assertThat(logs.warnings()).hasSize(1);
    assertThat(logs.warnings().get(0)).contains("pid-1: is not accepted", "refused by the test");

    tunnel.modified(tunnel("endpoint", "one.example"));
    assertThat(events).hasSize(1);
    tunnel.deactivate();
    assertThat(events).hasSize(2).endsWith("close one.example");
  }

  @Test
  void mappingsFollowTheConfigurationAndSurviveABadOne() {
    ServiceMappingConfig config =
        new ServiceMappingConfig(
            new SecretValues(),
            new ConfigurationReports(),
            Map.of("destinations", "SSH=22", "sources", "SSH=2222"));
    assertThat(config.of(TunnelMode.DESTINATION, Map.of("A", "1")).common())
        .isEqualTo(Map.of("SSH", "22"));
    assertThat(config.of(TunnelMode.SOURCE, Map.of("A", "1")).own()).isEqualTo(Map.of("A", "1"));

    config.modified(Map.of("destinations", "SSH=0"));
    assertThat(config.of(TunnelMode.DESTINATION, Map.of()).common()).isEqualTo(Map.of("SSH", "22"));
    assertThat(logs.warnings()).hasSize(1);
    assertThat(logs.warnings().get(0)).contains("destinations 'SSH=0'", "1 to 65535");

    config.modified(Map.of("destinations", "SSH=23"));
    assertThat(config.of(TunnelMode.DESTINATION, Map.of()).common()).isEqualTo(Map.of("SSH", "23"));
  }

  @Test
  void whoeverListensHearsOfChangedMappingsOnly() {
    ServiceMappingConfig config =
        new ServiceMappingConfig(
            new SecretValues(), new ConfigurationReports(), Map.of("destinations", "SSH=22"));
    Runnable listener =
        () -> events.add("keep " + config.of(TunnelMode.SOURCE, Map.of()).keepEstablished());
    config.addListener(listener);

    config.modified(Map.of("destinations", List.of(" SSH = 22 ", ""), "component.id", 7L));
    config.modified(Map.of("destinations", "SSH=0"));
    config.modified(Map.of("destinations", "SSH=22", "keep.established", "perhaps"));
    assertThat(events).isEmpty();
    assertThat(logs.infos(ServiceMappingConfig.class)).isEmpty();

    config.modified(Map.of("destinations", "SSH=22", "keep.established", true));
    config.modified(Map.of());
    assertThat(events).containsExactly("keep true", "keep false");

    config.removeListener(listener);
    config.modified(Map.of("destinations", "SSH=22"));
    assertThat(events).hasSize(2);
  }

  @Test
  void theManagerRegistersItsServiceWithNothingButItsPids() {
    StreamBridge bridge =
        new StreamBridge(new SecretValues(), new ConfigurationReports(), Map.of());
    Map<String, Object> properties = new HashMap<>();
    properties.put("service.pid", "io.culvert.TunnelManager");
    properties.put("kura.service.pid", "io.culvert.TunnelManager");
    properties.put("component.id", 7L);
    properties.put("web.proxy", "http://user:" + SECRET + "@proxy.example");
    try {
      TunnelManagerComponent component =
          new TunnelManagerComponent(
              context(),
              bridge,
              new ServiceMappingConfig(new SecretValues(), new ConfigurationReports(), Map.of()),
              new SecretValues(),
              new ConfigurationReports(),
              properties);
      assertThat(events).containsExactly("register [kura.service.pid, service.pid]");

      for (int i = 0; i < 50; i++) {
        component.modified(new HashMap<>(properties));
      }
      properties.put("ping.period", 30_000);
      component.modified(properties);
      assertThat(events).hasSize(1);

      component.modified(Map.of("ping.period", 1, "web.proxy", "ftp://u:" + SECRET + "@host"));
      assertThat(events).hasSize(2).endsWith("setProperties");
      assertThat(logs.warnings()).hasSize(1);
      assertThat(logs.warnings().get(0)).contains("ping.period '1'", "web.proxy: ");

      component.deactivate();
      assertThat(events).endsWith("unregister");
    } finally {
      Bridges.deactivate(bridge);
    }
  }

  @Test
  void malformedMappingsOfATunnelAreRefusedWhenItIsOpened() {
    try (Gateway gateway = new Gateway(Map.of(), Map.of(), Map.of())) {
      assertThatThrownBy(() -> open(gateway, TunnelMode.DESTINATION, "one.example", "host:0"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("services 'SSH=host:0'", "1 to 65535");
      assertThatThrownBy(() -> open(gateway, TunnelMode.SOURCE, "one.example", "/run/app.sock"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("services 'SSH=/run/app.sock'");
      assertThatThrownBy(() -> open(gateway, TunnelMode.SOURCE, "one.example:0", "22"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("endpoint 'one.example:0'");
      assertThatThrownBy(() -> open(gateway, TunnelMode.SOURCE, null, "22"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("region, endpoint: one of them must be given");
      assertThat(gateway.tunnels.tunnels()).isEmpty();
    }
  }

  private static void open(Gateway gateway, TunnelMode mode, String endpoint, String address) {
    gateway.open(
        new TunnelSpec(
            "bad", mode, Secret.of(SECRET), null, null, endpoint, Map.of("SSH", address), null),
        TunnelListener.NONE);
  }

  private static Map<String, Object> tunnel(String key, Object value) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("service.pid", "pid-1");
    properties.put("access.token", SECRET);
    properties.put(key, value);
    return properties;
  }

  /** A bundle context that has no properties and can register one service. */
  private BundleContext context() {
    ClassLoader loader = getClass().getClassLoader();
    Object registration =
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {ServiceRegistration.class},
            (proxy, method, arguments) -> events.add(method.getName()) ? null : null);
    return (BundleContext)
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getProperty")) {
                return null;
              }
              List<String> keys = new ArrayList<>();
              ((Dictionary<?, ?>) arguments[2])
                  .keys()
                  .asIterator()
                  .forEachRemaining(key -> keys.add((String) key));
              keys.sort(null);
              events.add("register " + keys);
              return registration;
            });
  }

  private final class RecordingManager implements TunnelHost {
    @Override
    public Tunnel open(TunnelSpec spec, TunnelListener listener) {
      return replace(null, spec, listener);
    }

    @Override
    public Tunnel replace(@Nullable Tunnel old, TunnelSpec spec, TunnelListener listener) {
      refuse(spec.name());
      if (old != null) {
        old.close();
      }
      events.add("open " + spec.name() + " " + spec.endpoint());
      return recorded(String.valueOf(spec.endpoint()));
    }

    @Override
    public boolean remap(Tunnel tunnel, TunnelSpec spec, Follower follower) {
      return false;
    }

    @Override
    public Tunnel reserve(
        @Nullable Tunnel old, String name, TunnelMode mode, TunnelState state, TunnelFailure why) {
      refuse(name);
      if (old != null) {
        old.close();
      }
      events.add("reserve " + name + " " + mode + " " + state + " " + why);
      return recorded(name);
    }

    private void refuse(String name) {
      if (name.equals("refused")) {
        throw new ConfigurationException("name", "refused", "refused by the test");
      }
    }

    private Tunnel recorded(String what) {
      return new Tunnel() {
        @Override
        public TunnelStatus status() {
          throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
          events.add("close " + what);
        }
      };
    }

    @Override
    public List<TunnelStatus> tunnels() {
      return List.of();
    }

    @Override
    public boolean waits(TunnelSpec spec) {
      return false;
    }

    @Override
    public String endpoint(TunnelSpec spec) {
      return "";
    }

    @Override
    public void follow(Follower follower) {
      followers.add(follower);
    }

    @Override
    public void unfollow(Follower follower) {
      followers.remove(follower);
    }
  }
}
