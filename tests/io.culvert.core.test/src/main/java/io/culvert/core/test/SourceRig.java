// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ServiceStatus;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * A configured source with one service, and the service that it connects to. Used by one thread,
 * with bounded waits.
 */
final class SourceRig {
  static final String SERVICE = "SSH";
  private static final int LIMIT_MILLIS = 30_000;

  private final BundleContext context;
  private final Configurations configurations;
  private final NamingService service;
  private final Configuration manager;

  SourceRig(BundleContext context, ConfigurationAdmin admin, Path folder) throws Exception {
    this.context = context;
    this.configurations = new Configurations(admin);
    this.service = new NamingService(folder);
    this.manager = configurations.singleton("io.culvert.TunnelManager", managerProperties());
  }

  static Map<String, Object> managerProperties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put("tls.verify.chain", false);
    properties.put("tls.verify.host", false);
    properties.put("web.proxy.environment", false);
    return properties;
  }

  Map<String, Object> tunnelProperties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put("mode", "source");
    properties.put("access.token", "token-1");
    properties.put("endpoint", service.endpoint());
    properties.put("version", "V3");
    return properties;
  }

  Configuration manager() {
    return manager;
  }

  /** Makes the configuration of the tunnel. */
  Configuration tunnel(Map<String, Object> properties) throws IOException {
    return configurations.instance("io.culvert.Tunnel", properties);
  }

  /** Makes the configuration of a further singleton. */
  Configuration singleton(String pid, Map<String, Object> properties) throws IOException {
    return configurations.singleton(pid, properties);
  }

  void delete(Configuration configuration) throws IOException {
    configurations.delete(configuration);
  }

  /** Waits until the tunnel is up and listens; returns its WebSocket. */
  Socket awaitUp() throws Exception {
    Socket webSocket = service.accept(SERVICE);
    Eventually.holds(
        () -> {
          assertThat(status().state()).isEqualTo(TunnelState.CONNECTED);
          assertThat(address()).isNotEmpty();
        });
    return webSocket;
  }

  /** Asserts that nobody has connected to the service since. */
  void assertNoneWaits() throws IOException {
    service.assertNoneWaits();
  }

  TunnelStatus status() {
    assertThat(CoreBundle.tunnels(context)).hasSize(1);
    return CoreBundle.tunnels(context).get(0);
  }

  private ServiceStatus only() {
    assertThat(status().services()).hasSize(1);
    return status().services().get(0);
  }

  /** Returns where clients connect to, empty while it does not listen. */
  String address() {
    return Objects.requireNonNullElse(only().address(), "");
  }

  int port() {
    return Integer.parseInt(address().substring(address().lastIndexOf(':') + 1));
  }

  /** Returns how many clients are connected; one that has left counts for a while. */
  int clients() {
    return only().connections();
  }

  /** Waits until so many clients are connected, and no more. */
  void awaitClients(int count) throws Exception {
    Eventually.holds(() -> assertThat(clients()).isEqualTo(count));
  }

  /** Waits until clients have sent so much into the tunnel. */
  void awaitSent(long bytes) throws Exception {
    Eventually.holds(() -> assertThat(only().bytesSent()).isGreaterThanOrEqualTo(bytes));
  }

  /** Waits until the listener has this port. */
  void awaitPort(int port) throws Exception {
    Eventually.holds(() -> assertThat(address()).endsWith(":" + port));
  }

  /** Connects a client. */
  static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(LIMIT_MILLIS);
    return socket;
  }

  /** Asserts that what a client sends goes into the tunnel. */
  void assertCarries(Socket client) throws Exception {
    long before = only().bytesSent();
    client.getOutputStream().write(new byte[100]);
    awaitSent(before + 100);
  }

  /** Returns a port that nobody listened on a moment ago. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Deletes all configurations and waits until there is no tunnel. */
  void close() throws Exception {
    configurations.close();
    service.close();
    Eventually.holds(() -> assertThat(CoreBundle.tunnels(context)).isEmpty());
  }
}
