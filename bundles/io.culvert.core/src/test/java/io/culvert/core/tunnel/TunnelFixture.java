// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ProtocolVersion;
import io.culvert.api.Secret;
import io.culvert.api.ServiceStatus;
import io.culvert.api.Tunnel;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelStatus;
import io.culvert.core.connect.LogCapture;
import io.culvert.emulator.EmulatedTunnel;
import io.culvert.emulator.Emulator;
import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.emulator.relay.PeerNotice;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The emulated service, an application, and gateways that a test makes. After each test the service
 * must have seen no violation, and no thread, buffer or leak may be left.
 */
abstract class TunnelFixture {
  static final TunnelEnd SOURCE = TunnelEnd.SOURCE;
  static final TunnelEnd DESTINATION = TunnelEnd.DESTINATION;
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A ping period at which a machine that stands still for some seconds is no silent service. */
  static final long CALM_PING = 2000;

  @TempDir Path folder;

  final Map<String, Object> manager = new HashMap<>();
  final Map<String, Object> streams = new HashMap<>();
  final Map<String, Object> mappings = new HashMap<>();
  final Recorder source = new Recorder();
  final Recorder destination = new Recorder();
  private final List<AutoCloseable> resources = new ArrayList<>();
  LogCapture logs;
  Emulator emulator;
  EchoServer application;
  private @Nullable Gateway gateway;

  @BeforeEach
  void startService() throws Exception {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    logs = new LogCapture();
    // The least that a service says: how an end hears of the other is up to the two.
    emulator = Emulator.builder().onReplacement(PeerNotice.NONE).start();
    application = closing(new EchoServer('E'));
    manager.put("endpoint", emulator.host() + ":" + emulator.port());
    manager.put("ca.path", emulator.writeAuthority(folder).toString());
    manager.put("state.dir", folder.resolve("state").toString());
    manager.put("web.proxy.environment", false);
    manager.put("retry.delay", 1L);
    manager.put("retry.max.delay", 50L);
    streams.put("tcp.retry.delay", 1L);
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    for (AutoCloseable resource : resources) {
      resource.close();
    }
    emulator.close();
    await(() -> culvertThreads().isEmpty());
    logs.close();
    assertThat(emulator.violations()).isEmpty();
    assertThat(logs.lines()).noneMatch(line -> line.contains("LEAK"));
    assertThat(logs.lines()).noneMatch(line -> line.contains("CLV-INTERNAL"));
  }

  static List<String> culvertThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("culvert-"))
        .toList();
  }

  <T extends AutoCloseable> T closing(T resource) {
    resources.add(resource);
    return resource;
  }

  /** Returns the gateway that all tunnels share which name none. */
  Gateway gateway() {
    Gateway shared = gateway;
    if (shared == null) {
      shared = newGateway();
      gateway = shared;
    }
    return shared;
  }

  Gateway newGateway() {
    return closing(new Gateway(manager, streams, mappings));
  }

  Tunnel openSource(EmulatedTunnel tunnel) {
    return gateway().open(spec(tunnel, TunnelMode.SOURCE, Map.of(), null), source);
  }

  /** Opens a destination that finds every service in the same application. */
  Tunnel openDestination(EmulatedTunnel tunnel) {
    return openDestination(tunnel, null);
  }

  Tunnel openDestination(EmulatedTunnel tunnel, @Nullable ProtocolVersion version) {
    Map<String, String> services = new HashMap<>();
    tunnel.services().forEach(service -> services.put(service, application.endpoint()));
    if (services.isEmpty()) {
      services.put("", application.endpoint());
    }
    return gateway().open(spec(tunnel, TunnelMode.DESTINATION, services, version), destination);
  }

  /** Opens both ends and waits for them. */
  void openBoth(EmulatedTunnel tunnel) throws Exception {
    openDestination(tunnel);
    openSource(tunnel);
    destination.awaitConnected(1);
    source.awaitConnected(1);
  }

  static TunnelSpec spec(
      EmulatedTunnel tunnel,
      TunnelMode mode,
      Map<String, String> services,
      @Nullable ProtocolVersion version) {
    TunnelEnd end = mode == TunnelMode.SOURCE ? SOURCE : DESTINATION;
    return new TunnelSpec(
        mode.wireName(),
        mode,
        Secret.of(tunnel.accessToken(end).reveal()),
        null,
        null,
        null,
        services,
        version);
  }

  LocalClient client(String service) throws Exception {
    return closing(new LocalClient(source.awaitPort(service)));
  }

  /** A client that came through to the application. */
  LocalClient echoClient(String service) throws Exception {
    return client(service).greeted('E');
  }

  TunnelStatus status(TunnelMode mode) {
    return gateway().tunnels.tunnels().stream()
        .filter(status -> status.mode() == mode)
        .findFirst()
        .orElseThrow();
  }

  ServiceStatus service(TunnelMode mode, String id) {
    return status(mode).services().stream()
        .filter(service -> service.serviceId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** Sets the common mappings of the gateway that is made next. */
  void map(String key, String... texts) {
    mappings.put(key, texts);
  }

  /** Changes the common mappings of the gateway. */
  void change(String key, String... texts) {
    map(key, texts);
    gateway().mappings.modified(new HashMap<>(mappings));
  }

  /** Returns a port that nobody listened on a moment ago. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("gave up waiting").isLessThan(end);
      Thread.yield();
    }
  }
}
