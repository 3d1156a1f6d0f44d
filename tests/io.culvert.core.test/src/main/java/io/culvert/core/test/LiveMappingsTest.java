// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.api.TunnelManager;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.service.ServiceExtension;

/** A configured tunnel that is up follows the configuration of the mappings. */
@ExtendWith(ServiceExtension.class)
class LiveMappingsTest {
  @InjectService ConfigurationAdmin admin;
  @InjectService TunnelManager manager;
  @TempDir Path folder;

  @Test
  void aListenerMovesWithItsConfigurationWhileTheTunnelStaysUp() throws Exception {
    int one = free();
    int two = free();
    try (NamingService service = new NamingService(folder);
        Configurations configurations = new Configurations(admin)) {
      configurations.singleton(
          "io.culvert.TunnelManager",
          Map.of(
              "tls.verify.chain", false, "tls.verify.host", false, "web.proxy.environment", false));
      Configuration mappings =
          configurations.singleton(
              "io.culvert.ServiceMappingConfig", Map.of("sources", "SSH=" + one));
      configurations.instance(
          "io.culvert.Tunnel",
          Map.of("mode", "source", "access.token", "token-1", "endpoint", service.endpoint()));
      try (Socket webSocket = service.accept("SSH")) {
        awaitPort(one);
        try (Socket client = connect(one)) {
          Configurations.update(mappings, Map.of("sources", "SSH=" + two));

          awaitPort(two);
          MuteService.awaitEnd(client);
        }
        assertThatThrownBy(() -> connect(one).close()).isInstanceOf(ConnectException.class);
        connect(two).close();

        configurations.delete(mappings);
        Eventually.holds(() -> assertThat(address()).isNotEmpty().doesNotEndWith(":" + two));
        assertThat(tunnel().state()).isEqualTo(TunnelState.CONNECTED);
        assertThat(tunnel().connects()).isEqualTo(1);
        assertThat(webSocket.isConnected()).isTrue();
      }
    }
    Eventually.holds(() -> assertThat(manager.tunnels()).isEmpty());
  }

  private void awaitPort(int port) throws Exception {
    Eventually.holds(() -> assertThat(address()).endsWith(":" + port));
  }

  private String address() {
    TunnelStatus tunnel = tunnel();
    return tunnel.services().isEmpty() || tunnel.services().get(0).address() == null
        ? ""
        : String.valueOf(tunnel.services().get(0).address());
  }

  private TunnelStatus tunnel() {
    assertThat(manager.tunnels()).hasSize(1);
    return manager.tunnels().get(0);
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
