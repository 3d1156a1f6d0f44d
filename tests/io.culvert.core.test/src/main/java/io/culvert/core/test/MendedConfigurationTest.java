// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelManager;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/** A configured tunnel that failed comes back when a configuration is mended, and only then. */
@ExtendWith({BundleContextExtension.class, ServiceExtension.class})
class MendedConfigurationTest {
  private static final String TUNNEL = "io.culvert.Tunnel";
  private static final String MANAGER = "io.culvert.TunnelManager";
  private static final String MAPPINGS = "io.culvert.ServiceMappingConfig";
  private static final String AGAIN = "so it is tried again";

  @InjectBundleContext BundleContext context;
  @InjectService ConfigurationAdmin admin;
  @InjectService ServiceComponentRuntime components;
  @InjectService TunnelManager manager;
  @TempDir Path folder;
  private Configurations configurations;
  private Deliveries deliveries;
  private NamingService service;

  @BeforeEach
  void open() throws Exception {
    configurations = new Configurations(admin);
    deliveries = new Deliveries(CoreBundle.in(context), components);
    service = new NamingService(folder);
  }

  @AfterEach
  void close() throws Exception {
    configurations.close();
    service.close();
    Eventually.holds(() -> assertThat(manager.tunnels()).isEmpty());
  }

  @Test
  void aMappingThatIsAddedLater() throws Exception {
    configurations.singleton(MANAGER, settings("tls.verify.chain", false));
    Map<String, Object> properties = tunnel("endpoint", service.endpoint());
    Configuration tunnel = configurations.instance(TUNNEL, properties);
    service.accept("SSH").close();
    awaitFailed(ErrorCode.SERVICES);

    try (ErrorOutput output = new ErrorOutput()) {
      Configuration mappings = configurations.singleton(MAPPINGS, Map.of("sources", "SSH=0"));
      Eventually.holds(() -> assertThat(output.text()).contains(AGAIN));
      service.accept("SSH").close();
      Eventually.holds(() -> assertThat(connects()).isEqualTo(1));
      awaitFailed(ErrorCode.SERVICES);
      int lines = times(output);
      for (int i = 0; i < 50; i++) {
        deliveries.hand(tunnel, properties);
        deliveries.hand(mappings, Map.of("sources", "SSH=0"));
      }

      Configurations.update(mappings, Map.of("destinations", "SSH=22"));
      try (Socket webSocket = service.accept("SSH")) {
        awaitConnected();
        assertThat(webSocket.isConnected()).isTrue();
        assertThat(times(output)).isEqualTo(lines + 1);
      }
    }
  }

  @Test
  void anAuthorityThatIsTrustedLater() throws Exception {
    Configuration settings = configurations.singleton(MANAGER, settings("ping.period", 30_000));
    configurations.singleton(MAPPINGS, Map.of("destinations", "SSH=22"));
    configurations.instance(TUNNEL, tunnel("endpoint", service.endpoint()));
    assertThatThrownBy(() -> service.accept("SSH")).isInstanceOf(IOException.class);
    awaitFailed(ErrorCode.TLS_TRUST);

    String authority = NamingService.certificate(folder).toString();
    Configurations.update(settings, settings("ca.path", authority));

    try (Socket webSocket = service.accept("SSH");
        ErrorOutput output = new ErrorOutput()) {
      awaitConnected();
      Map<String, Object> unrelated = settings("ca.path", authority);
      unrelated.put("ping.period", 40_000);
      Configurations.update(settings, unrelated);
      Eventually.holds(() -> assertThat(output.text()).contains("settings changed"));
      assertThat(connects()).isEqualTo(1);
      assertThat(webSocket.isConnected()).isTrue();
      assertThat(output.text()).doesNotContain(AGAIN);
    }
  }

  @Test
  void aServiceThatIsNamedLater() throws Exception {
    configurations.singleton(MAPPINGS, Map.of("destinations", "SSH=22"));
    try (ErrorOutput output = new ErrorOutput()) {
      configurations.instance(TUNNEL, tunnel("mode", "destination"));
      Eventually.holds(() -> assertThat(output.text()).contains(" stays closed: region, endpoint"));
      awaitFailed(ErrorCode.CONFIGURATION);

      Map<String, Object> settings = settings("endpoint", service.endpoint());
      settings.put("tls.verify.chain", false);
      configurations.singleton(MANAGER, settings);

      try (Socket webSocket = service.accept("SSH")) {
        awaitConnected();
        assertThat(webSocket.isConnected()).isTrue();
      }
    }
  }

  private static Map<String, Object> settings(String key, Object value) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("tls.verify.host", false);
    settings.put("web.proxy.environment", false);
    settings.put(key, value);
    return settings;
  }

  private static Map<String, Object> tunnel(String key, Object value) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("access.token", "token-1");
    properties.put(key, value);
    return properties;
  }

  private static int times(ErrorOutput output) {
    return (int) output.text().lines().filter(line -> line.contains(AGAIN)).count();
  }

  private void awaitFailed(ErrorCode code) throws Exception {
    Eventually.holds(
        () ->
            assertThat(manager.tunnels())
                .singleElement()
                .satisfies(
                    tunnel -> {
                      assertThat(tunnel.state()).isEqualTo(TunnelState.FAILED);
                      assertThat(tunnel.failure()).extracting(TunnelFailure::code).isEqualTo(code);
                    }));
  }

  private void awaitConnected() throws Exception {
    Eventually.holds(
        () ->
            assertThat(manager.tunnels())
                .singleElement()
                .extracting(TunnelStatus::state)
                .isEqualTo(TunnelState.CONNECTED));
  }

  private int connects() {
    return manager.tunnels().get(0).connects();
  }
}
