// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.Configuration;

/** Configurations that are saved again and again, with the same values in whatever form. */
class SameConfigurationTest extends SourceFixture {
  private static final int TIMES = 50;

  @Test
  void theTunnelManagersConfiguration() throws Exception {
    Map<String, Object> first = and(SourceRig.managerProperties(), "retry.delay", 10_000L);
    deliveries.deliver(rig.manager(), first);
    rig.tunnel(rig.tunnelProperties());
    assertUnnoticed(
        rig.manager(),
        first,
        and(SourceRig.managerProperties(), "retry.delay", "10000"),
        Map.of(
            "web.proxy.environment",
            "false",
            "retry.delay",
            10_000,
            "tls.verify.host",
            "false",
            "tls.verify.chain",
            new String[] {"false"}));
  }

  @Test
  void theStreamBridgesConfiguration() throws Exception {
    Map<String, Object> first = Map.of("connect.timeout", 20_000L, "queue.while.down", true);
    Configuration bridge = rig.singleton("io.culvert.StreamBridge", Map.of());
    deliveries.deliver(bridge, first);
    rig.tunnel(rig.tunnelProperties());
    assertUnnoticed(
        bridge,
        first,
        Map.of("queue.while.down", "true", "connect.timeout", "20000"),
        Map.of("queue.while.down", true, "connect.timeout", 20_000));
  }

  @Test
  void theMappings() throws Exception {
    String one = "SSH=" + SourceRig.freePort();
    Map<String, Object> first = Map.of("sources", new String[] {one, "HTTP=0"});
    Configuration mappings = rig.singleton("io.culvert.ServiceMappingConfig", Map.of());
    deliveries.deliver(mappings, first);
    rig.tunnel(rig.tunnelProperties());
    assertUnnoticed(
        mappings,
        first,
        Map.of("sources", new String[] {"HTTP=0", one}, "keep.established", "false"),
        Map.of("sources", List.of(one, "HTTP=0"), "keep.established", false));
  }

  @Test
  void aTunnelsConfiguration() throws Exception {
    String one = "SSH=" + SourceRig.freePort();
    Map<String, Object> first =
        and(rig.tunnelProperties(), "services", new String[] {one, "HTTP=0"});
    assertUnnoticed(
        rig.tunnel(first),
        first,
        and(rig.tunnelProperties(), "services", new String[] {"HTTP=0", one}),
        and(and(rig.tunnelProperties(), "services", List.of(one, "HTTP=0")), "enabled", "true"));
  }

  /** Saves a configuration in all its forms while the tunnel is up and a client connected. */
  @SafeVarargs
  private void assertUnnoticed(Configuration configuration, Map<String, Object>... forms)
      throws Exception {
    try (Socket webSocket = rig.awaitUp();
        Socket client = SourceRig.connect(rig.port());
        ErrorOutput output = new ErrorOutput()) {
      rig.awaitClients(1);
      String address = rig.address();

      for (int i = 0; i < TIMES; i++) {
        deliveries.hand(configuration, forms[i % forms.length]);
      }
      deliveries.deliver(configuration, forms[0]);

      assertThat(rig.status().connects()).isEqualTo(1);
      assertThat(rig.address()).isEqualTo(address);
      rig.awaitClients(1);
      rig.assertCarries(client);
      MuteService.assertOpen(client);
      rig.assertNoneWaits();
      assertThat(webSocket.isConnected()).isTrue();
      assertThat(output.text()).as("log above DEBUG").isEmpty();
    }
  }

  private static Map<String, Object> and(Map<String, Object> properties, String key, Object value) {
    Map<String, Object> more = new HashMap<>(properties);
    more.put(key, value);
    return more;
  }
}
