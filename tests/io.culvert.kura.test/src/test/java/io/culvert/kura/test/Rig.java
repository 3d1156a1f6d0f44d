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
import java.util.Map;

/**
 * The emulated service with one tunnel that has one service, and the application behind it. Used by
 * one thread.
 */
final class Rig implements AutoCloseable {
  static final String SERVICE = "DATA";
  static final String MANAGER = "io.culvert.TunnelManager";
  static final String MAPPINGS = "io.culvert.ServiceMappingConfig";
  static final String BRIDGE = "io.culvert.StreamBridge";
  static final String FACTORY = "io.culvert.Tunnel";

  private final Path folder;
  private final Emulator emulator;
  private final EmulatedTunnel tunnel;
  private final Application application;

  Rig(Path folder) throws IOException {
    this.folder = folder;
    this.emulator = Emulator.builder().authorityFolder(folder).start();
    this.tunnel = emulator.openTunnel(SERVICE);
    this.application = new Application();
  }

  Emulator emulator() {
    return emulator;
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
        false,
        "retry.delay",
        1000L);
  }

  /** Returns mappings with which a destination finds the application. */
  Map<String, Object> mappings() {
    return Map.of("destinations", new String[] {SERVICE + "=" + application.port()});
  }

  /** Returns the values of a tunnel that is one end. */
  Map<String, Object> tunnel(TunnelEnd end) {
    Map<String, Object> values = new HashMap<>();
    values.put("mode", end.wireName());
    values.put("access.token", token(end));
    return values;
  }

  /** Configures what all tunnels share. */
  void configure(KuraControl kura) throws IOException {
    kura.update(MANAGER, manager());
    kura.update(MAPPINGS, mappings());
  }

  @Override
  public void close() throws IOException {
    application.close();
    emulator.close();
  }
}
