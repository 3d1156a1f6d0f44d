// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import io.culvert.emulator.EmulatedTunnel;
import io.culvert.emulator.Emulator;
import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.kura.test.control.KuraControl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The emulated service with one tunnel that has one service, and the application behind it. Used by
 * one thread.
 */
final class Rig implements AutoCloseable {
  static final String SERVICE = "DATA";
  static final String MANAGER = "io.culvert.TunnelManager";
  static final String SINK = "io.culvert.NotificationSink";
  static final String MAPPINGS = "io.culvert.ServiceMappingConfig";
  static final String BRIDGE = "io.culvert.StreamBridge";
  static final String NOTIFICATIONS = "io.culvert.KuraNotifications";
  static final String FACTORY = "io.culvert.Tunnel";

  /** How long the first part of an encrypted value is. */
  private static final int VECTOR_CHARS = 16;

  private final Path folder;
  private final Emulator emulator;
  private final EmulatedTunnel tunnel;
  private final Application application;
  private final Set<String> tokens = new HashSet<>();

  Rig(Path folder) throws IOException {
    this.folder = folder;
    this.emulator = Emulator.builder().authorityFolder(folder).start();
    this.tunnel = open(token -> true, SERVICE);
    this.application = new Application();
  }

  Emulator emulator() {
    return emulator;
  }

  /**
   * Opens a tunnel whose tokens fulfil a condition, and do not look as if they were encrypted: a
   * few in a thousand of the emulator's have a hyphen where those have it.
   */
  EmulatedTunnel open(Predicate<String> condition, String... services) {
    EmulatedTunnel opened =
        Stream.generate(() -> emulator.openTunnel(services))
            .limit(1000)
            .filter(
                candidate ->
                    tokens(candidate)
                        .allMatch(condition.and(token -> token.charAt(VECTOR_CHARS) != '-')))
            .findFirst()
            .orElseThrow();
    tokens(opened).forEach(tokens::add);
    return opened;
  }

  private static Stream<String> tokens(EmulatedTunnel tunnel) {
    return Stream.of(TunnelEnd.values()).map(end -> tunnel.accessToken(end).reveal());
  }

  /** Returns the access tokens of all tunnels that were opened. */
  Set<String> tokens() {
    return Set.copyOf(tokens);
  }

  EmulatedTunnel tunnel() {
    return tunnel;
  }

  String token(TunnelEnd end) {
    return tunnel.accessToken(end).reveal();
  }

  /** Returns settings of the tunnel manager with which tunnels find the service. */
  Map<String, Object> manager() {
    return Map.of(
        "endpoint",
        emulator.host() + ":" + emulator.port(),
        "ca.path",
        folder.resolve("ca.pem").toString(),
        "web.proxy.environment",
        false);
  }

  /** Returns mappings with which a destination finds the application. */
  Map<String, Object> mappings() {
    return mappings(SERVICE);
  }

  /** Returns mappings with which a destination finds the application for each of some services. */
  Map<String, Object> mappings(String... services) {
    return Map.of(
        "destinations",
        Stream.of(services)
            .map(service -> service + "=" + application.port())
            .toArray(String[]::new));
  }

  /** Returns the values of a tunnel that is one end. */
  Map<String, Object> tunnel(TunnelEnd end) {
    return tunnel(tunnel, end);
  }

  /** Returns the values of one end of another tunnel. */
  static Map<String, Object> tunnel(EmulatedTunnel of, TunnelEnd end) {
    Map<String, Object> values = new HashMap<>();
    values.put("mode", end.wireName());
    values.put("access.token", of.accessToken(end).reveal());
    return values;
  }

  /** Configures what all tunnels share. */
  void configure(KuraControl kura) throws IOException, InterruptedException {
    kura.update(MANAGER, manager());
    kura.update(MAPPINGS, mappings());
  }

  @Override
  public void close() throws IOException {
    application.close();
    emulator.close();
  }
}
