// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import io.culvert.emulator.EmulatedTunnel;
import io.culvert.emulator.Emulator;
import io.culvert.emulator.notify.MqttPublisher;
import io.culvert.emulator.registry.Destination;
import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.emulator.registry.TunnelRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The emulated service, which notifies a thing at a broker, and a gateway that listens there as the
 * thing. Closing it looks for secrets in what the gateway has written. For one thread.
 */
final class NotifiedRig implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(Program.LIMIT_SECONDS);

  final Broker broker;
  final Emulator emulator;
  private final Path folder;
  private final Path home;
  private final List<EmulatedTunnel> tunnels = new ArrayList<>();
  private final Set<String> secrets = new HashSet<>(Set.of(Broker.PASSWORD));
  private final Set<String> clientTokens = new HashSet<>();
  private Gateway gateway;

  NotifiedRig(Path folder) throws Exception {
    this.folder = folder;
    this.home = folder.resolve("gateway");
    broker = new Broker(folder.resolve("broker"));
    emulator =
        Emulator.builder()
            .authorityFolder(folder)
            .notifications(MqttPublisher.start(broker.sender()))
            .start();
  }

  /** Starts the gateway, with settings of what becomes of notifications. */
  Gateway start(String sink, String... mappings) throws Exception {
    Gateway.write(
        home,
        "io.culvert.TunnelManager.cfg.json",
        "{\"endpoint\": \"%s:%d\", \"ca.path\": \"%s\"}"
            .formatted(emulator.host(), emulator.port(), folder.resolve("ca.pem")));
    Gateway.mappings(home, mappings);
    Gateway.write(home, "io.culvert.NotificationSink.cfg.json", sink);
    broker.configure(home);
    Path folderOfSecrets = Files.createDirectories(folder.resolve("secrets"));
    Files.writeString(folderOfSecrets.resolve("broker"), Broker.PASSWORD);
    gateway = Gateway.start(home, "-v", "6", "--secrets", folderOfSecrets.toString());
    return gateway;
  }

  /** Opens a tunnel for the thing. */
  EmulatedTunnel open(String... services) {
    EmulatedTunnel tunnel =
        emulator.openTunnel(TunnelRequest.to(new Destination(Broker.THING, List.of(services))));
    tunnels.add(tunnel);
    note();
    return tunnel;
  }

  /** Remembers the tokens of now, which must not be seen. */
  void note() {
    for (EmulatedTunnel tunnel : tunnels) {
      for (TunnelEnd end : TunnelEnd.values()) {
        secrets.add(tunnel.accessToken(end).reveal());
        tunnel
            .lastHandshake(end)
            .flatMap(info -> info.header("client-token"))
            .ifPresent(clientTokens::add);
      }
    }
  }

  void awaitConnected(EmulatedTunnel tunnel, int connects) throws InterruptedException {
    if (!tunnel.awaitConnected(TunnelEnd.DESTINATION, connects, PATIENCE)) {
      throw new AssertionError("not connected: " + String.join("\n", gateway.lines()));
    }
    note();
  }

  /** Waits until so many lines of the gateway match. */
  void awaitLines(String regex, int count) throws InterruptedException {
    gateway.await(regex, count);
  }

  /**
   * Returns the places where a secret is seen that should not be: any but a file of its own, which
   * each client token has.
   */
  List<String> leaks() throws Exception {
    List<String> leaks = new ArrayList<>();
    String output = String.join("\n", gateway.lines());
    if (hasAny(output, secrets) || hasAny(output, clientTokens)) {
      leaks.add("the output");
    }
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        boolean own = file.toString().endsWith(".client-token");
        if (hasAny(content, secrets) || (!own && hasAny(content, clientTokens))) {
          leaks.add(file.toString());
        }
      }
    }
    return leaks;
  }

  private static boolean hasAny(String text, Set<String> secrets) {
    return secrets.stream().anyMatch(text::contains);
  }

  @Override
  public void close() {
    if (gateway != null) {
      gateway.close();
    }
    emulator.close();
    broker.close();
  }
}
