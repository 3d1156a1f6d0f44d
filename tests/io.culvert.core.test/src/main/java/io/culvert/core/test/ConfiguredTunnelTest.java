// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import java.io.IOException;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/** Tunnels that come, change and go with their configurations. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class ConfiguredTunnelTest {
  private static final String FACTORY = "io.culvert.Tunnel";
  private static final String MAPPINGS = "io.culvert.ServiceMappingConfig";

  @InjectBundleContext BundleContext context;
  @InjectService ConfigurationAdmin admin;
  @InjectService ServiceComponentRuntime components;
  private Configurations configurations;
  private Deliveries deliveries;
  private MuteService service;

  @BeforeEach
  void open() throws IOException {
    configurations = new Configurations(admin);
    deliveries = new Deliveries(CoreBundle.in(context), components);
    service = new MuteService();
  }

  @AfterEach
  void close() throws Exception {
    configurations.close();
    service.close();
    Eventually.holds(() -> assertThat(tunnels()).isEmpty());
  }

  @Test
  void aTunnelComesAndGoesWithItsConfiguration() throws Exception {
    Configuration configuration = configurations.instance(FACTORY, properties("token-1"));
    try (Socket attempt = service.accept()) {
      Eventually.holds(
          () ->
              assertThat(tunnels())
                  .singleElement()
                  .satisfies(
                      tunnel -> {
                        assertThat(tunnel.name()).isEqualTo("gate");
                        assertThat(tunnel.mode()).isEqualTo(TunnelMode.SOURCE);
                        assertThat(tunnel.endpoint()).isEqualTo(service.endpoint());
                        assertThat(tunnel.state()).isEqualTo(TunnelState.CONNECTING);
                      }));

      configurations.delete(configuration);

      MuteService.awaitEnd(attempt);
      Eventually.holds(() -> assertThat(tunnels()).isEmpty());
    }
  }

  @Test
  void equalValuesChangeNothingAndAnotherTokenOpensAnew() throws Exception {
    Configuration configuration = configurations.instance(FACTORY, properties("token-1"));
    try (Socket attempt = service.accept()) {
      for (int i = 0; i < 5; i++) {
        deliveries.hand(configuration, properties("token-1"));
      }
      Configurations.update(configuration, properties("token-2"));

      MuteService.awaitEnd(attempt);
      // The changes come one after the other: what comes next is for the last one.
      try (Socket next = service.accept()) {
        service.assertNoneWaits();
        assertThat(tunnels()).hasSize(1);
        configurations.delete(configuration);
        MuteService.awaitEnd(next);
      }
    }
    service.assertNoneWaits();
  }

  @Test
  void commonMappingsChangeWithoutOpeningATunnelAnew() throws Exception {
    configurations.instance(FACTORY, properties("token-1"));
    try (ErrorOutput output = new ErrorOutput();
        Socket attempt = service.accept()) {
      Configuration mappings = configurations.singleton(MAPPINGS, Map.of("sources", "SSH=0"));
      Eventually.holds(() -> assertThat(changes(output)).isEqualTo(1));
      Configurations.update(mappings, Map.of("sources", "SSH=0", "keep.established", "true"));
      Eventually.holds(() -> assertThat(changes(output)).isEqualTo(2));
      deliveries.hand(mappings, Map.of("sources", "SSH=0", "keep.established", true));
      Configurations.update(mappings, Map.of("sources", "SSH=2222"));
      Eventually.holds(() -> assertThat(changes(output)).isEqualTo(3));
      configurations.delete(mappings);
      Eventually.holds(() -> assertThat(changes(output)).isEqualTo(4));

      service.assertNoneWaits();
      assertThat(attempt.isConnected()).isTrue();
      assertThat(tunnels()).hasSize(1);
    }
  }

  private static long changes(ErrorOutput output) {
    return output.text().lines().filter(line -> line.contains("Service mappings changed")).count();
  }

  @Test
  void aBadConfigurationIsNamedAndLeavesTheTunnelAlone() throws Exception {
    Configuration configuration = configurations.instance(FACTORY, properties("token-1"));
    try (ErrorOutput output = new ErrorOutput();
        Socket attempt = service.accept()) {
      Map<String, Object> bad = properties("token-2");
      bad.put("mode", "sideways");
      Configurations.update(configuration, bad);
      Eventually.holds(
          () -> assertThat(output.text()).contains(" stays: mode 'sideways': must be one of"));
      assertThat(output.text()).doesNotContain("token-2");

      deliveries.hand(configuration, properties("token-1"));
      Configurations.update(configuration, properties("token-3"));
      MuteService.awaitEnd(attempt);
      try (Socket next = service.accept()) {
        service.assertNoneWaits();
        assertThat(next.isConnected()).isTrue();
      }
    }
  }

  @Test
  void aConfigurationThatWasNeverGoodIsListedAndOpensNothing() throws Exception {
    Map<String, Object> bad = properties("token-1");
    bad.put("services", new String[] {"SSH=99999"});
    try (ErrorOutput output = new ErrorOutput()) {
      configurations.instance(FACTORY, bad);
      Eventually.holds(
          () -> assertThat(output.text()).contains(" stays closed: services 'SSH=99999': "));
    }
    assertThat(tunnels())
        .singleElement()
        .satisfies(
            tunnel -> {
              assertThat(tunnel.name()).isEqualTo("gate");
              assertThat(tunnel.mode()).isEqualTo(TunnelMode.SOURCE);
              assertThat(tunnel.state()).isEqualTo(TunnelState.FAILED);
              assertThat(String.valueOf(tunnel.failure())).contains("CLV-CONFIG", "SSH=99999");
            });
    service.assertNoneWaits();
  }

  @Test
  void aDisabledTunnelIsNotOpen() throws Exception {
    Configuration configuration = configurations.instance(FACTORY, properties("token-1"));
    try (Socket attempt = service.accept()) {
      Map<String, Object> disabled = properties("token-1");
      disabled.put("enabled", false);
      Configurations.update(configuration, disabled);
      MuteService.awaitEnd(attempt);
    }
    Eventually.holds(() -> assertThat(tunnels()).isEmpty());
  }

  @Test
  void severalTunnelsComeChangeAndGoOnTheirOwn() throws Exception {
    try (MuteService otherService = new MuteService()) {
      Map<String, Object> one = properties("token-1");
      Map<String, Object> two = properties("token-1");
      two.putAll(Map.of("name", "other", "endpoint", otherService.endpoint()));
      Configuration gate = configurations.instance(FACTORY, one);
      Configuration other = configurations.instance(FACTORY, two);
      try (Socket attempt = service.accept();
          Socket otherAttempt = otherService.accept()) {
        assertThat(names()).containsExactlyInAnyOrder("gate", "other");

        two.putAll(Map.of("name", "another", "access.token", "token-2"));
        deliveries.deliver(other, two);
        MuteService.awaitEnd(otherAttempt);
        try (Socket anotherAttempt = otherService.accept()) {
          assertThat(names()).containsExactlyInAnyOrder("gate", "another");
          MuteService.assertOpen(attempt);

          one.putAll(Map.of("access.token", "token-2", "version", "V9"));
          deliveries.deliver(gate, one);
          MuteService.assertOpen(attempt);

          configurations.delete(gate);
          MuteService.awaitEnd(attempt);
          MuteService.assertOpen(anotherAttempt);
          assertThat(names()).containsExactly("another");
          configurations.delete(other);
          MuteService.awaitEnd(anotherAttempt);
        }
      }
      Eventually.holds(() -> assertThat(names()).isEmpty());
      service.assertNoneWaits();
      otherService.assertNoneWaits();
    }
  }

  private Map<String, Object> properties(String token) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("name", "gate");
    properties.put("mode", "source");
    properties.put("access.token", token);
    properties.put("endpoint", service.endpoint());
    return properties;
  }

  private List<TunnelStatus> tunnels() {
    return CoreBundle.tunnels(context);
  }

  private List<String> names() {
    return tunnels().stream().map(TunnelStatus::name).toList();
  }
}
