// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.api.TunnelManager;
import io.culvert.api.TunnelState;
import java.net.ConnectException;
import java.net.Socket;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;
import org.osgi.service.cm.Configuration;

/**
 * What the configuration of each singleton does when it is made, changed and deleted, and that a
 * wrong one does nothing, not even with the keys that are right in it.
 */
class LiveSettingsTest extends SourceFixture {
  /** Has no endpoint of its own. */
  private static final Map<String, Object> TUNNEL =
      Map.of("mode", "source", "access.token", "token-1");

  @Test
  void aListenerFollowsTheMappingsWhileTheTunnelStaysUp() throws Exception {
    int one = SourceRig.freePort();
    int two = SourceRig.freePort();
    Configuration mappings =
        rig.singleton("io.culvert.ServiceMappingConfig", Map.of("sources", "SSH=" + one));
    rig.tunnel(rig.tunnelProperties());
    try (Socket webSocket = rig.awaitUp()) {
      rig.awaitPort(one);
      try (Socket client = SourceRig.connect(one)) {
        deliveries.deliver(mappings, Map.of("sources", "SSH=" + two, "destinations", "SSH=99999"));
        MuteService.assertOpen(client);
        rig.awaitPort(one);

        deliveries.deliver(mappings, Map.of("sources", "SSH=" + two));
        rig.awaitPort(two);
        MuteService.awaitEnd(client);
      }
      assertThatThrownBy(() -> SourceRig.connect(one).close()).isInstanceOf(ConnectException.class);
      SourceRig.connect(two).close();

      rig.delete(mappings);
      Eventually.holds(() -> assertThat(rig.address()).isNotEmpty().doesNotEndWith(":" + two));
      assertThat(rig.status().state()).isEqualTo(TunnelState.CONNECTED);
      assertThat(rig.status().connects()).isEqualTo(1);
      assertThat(webSocket.isConnected()).isTrue();
    }
  }

  @Test
  void theNextClientFollowsTheStreamBridge() throws Exception {
    Configuration bridge = rig.singleton("io.culvert.StreamBridge", Map.of("max.connections", 1));
    rig.tunnel(rig.tunnelProperties());
    try (Socket webSocket = rig.awaitUp();
        Socket one = SourceRig.connect(rig.port())) {
      rig.awaitClients(1);
      assertNextClientIsRefused();

      deliveries.deliver(bridge, Map.of("max.connections", 2));
      try (Socket two = SourceRig.connect(rig.port())) {
        rig.awaitClients(2);
        deliveries.deliver(bridge, Map.of("max.connections", 9, "tcp.retry.delay", "soon"));
        assertNextClientIsRefused();

        rig.delete(bridge);
        Eventually.holds(
            () -> {
              SourceRig.connect(rig.port()).close();
              assertThat(rig.clients()).isGreaterThan(2);
            });
        MuteService.assertOpen(two);
      }
      MuteService.assertOpen(one);
      assertThat(rig.status().connects()).isEqualTo(1);
      assertThat(webSocket.isConnected()).isTrue();
    }
  }

  private void assertNextClientIsRefused() throws Exception {
    try (Socket client = SourceRig.connect(rig.port())) {
      MuteService.awaitEnd(client);
    }
  }

  @Test
  void theNextTunnelFollowsTheTunnelManager() throws Exception {
    try (MuteService one = new MuteService();
        MuteService two = new MuteService()) {
      deliveries.deliver(rig.manager(), endpoint(one));
      assertNextTunnelGoesTo(one);

      deliveries.deliver(rig.manager(), endpoint(two));
      assertNextTunnelGoesTo(two);

      Map<String, Object> wrong = endpoint(one);
      wrong.put("ping.period", "soon");
      deliveries.deliver(rig.manager(), wrong);
      assertNextTunnelGoesTo(two);
      assertThat(managerPid()).isEqualTo("io.culvert.TunnelManager");

      rig.delete(rig.manager());
      Eventually.holds(() -> assertThat(managerPid()).isNull());
      deliveries.deliver(rig.tunnel(TUNNEL), TUNNEL);
      one.assertNoneWaits();
      two.assertNoneWaits();
    }
  }

  private void assertNextTunnelGoesTo(MuteService service) throws Exception {
    Configuration tunnel = rig.tunnel(TUNNEL);
    try (Socket attempt = service.accept()) {
      rig.delete(tunnel);
      MuteService.awaitEnd(attempt);
    }
    Eventually.holds(() -> assertThat(CoreBundle.tunnels(context)).isEmpty());
  }

  private @Nullable Object managerPid() {
    return context.getServiceReference(TunnelManager.class).getProperty(Constants.SERVICE_PID);
  }

  private static Map<String, Object> endpoint(MuteService service) {
    Map<String, Object> settings = SourceRig.managerProperties();
    settings.put("endpoint", service.endpoint());
    return settings;
  }
}
