// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import io.culvert.emulator.EmulatedTunnel;
import io.culvert.emulator.Emulator;
import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.localproxy.test.LocalProxy.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The emulated service with one tunnel, and the programs that were started at its ends. Each end
 * keeps its folders from one process to the next. Closing it kills what still runs.
 */
final class Rig implements AutoCloseable {
  static final String ACCESS_TOKEN = "AWSIOT_TUNNEL_ACCESS_TOKEN";

  private final Path folder;
  private final Emulator emulator;
  private final EmulatedTunnel tunnel;
  private final List<LocalProxy> started = new ArrayList<>();

  Rig(Path folder, String... services) throws IOException {
    this.folder = folder;
    this.emulator = Emulator.builder().authorityFolder(folder).start();
    this.tunnel = emulator.openTunnel(services);
  }

  Emulator emulator() {
    return emulator;
  }

  EmulatedTunnel tunnel() {
    return tunnel;
  }

  /** Returns the certificate file to trust. */
  Path authority() {
    return folder.resolve("ca.pem");
  }

  String endpoint() {
    return emulator.host() + ":" + emulator.port();
  }

  /** Starts a source that knows endpoint, authority and token. */
  LocalProxy source(String... arguments) throws IOException {
    return trusting(TunnelEnd.SOURCE, Map.of(), arguments);
  }

  /** Starts a destination that knows endpoint, authority and token. */
  LocalProxy destination(String... arguments) throws IOException {
    return trusting(TunnelEnd.DESTINATION, Map.of(), arguments);
  }

  /** Starts an end that knows endpoint, authority and token, with further variables. */
  LocalProxy trusting(TunnelEnd end, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("-e", endpoint(), "-c", authority().toString()));
    all.addAll(List.of(arguments));
    Map<String, String> variables = new HashMap<>(environment);
    variables.putIfAbsent(ACCESS_TOKEN, token(end));
    return start(end, variables, all.toArray(new String[0]));
  }

  /** Starts an end that knows nothing but what it is told. */
  LocalProxy start(TunnelEnd end, Map<String, String> environment, String... arguments)
      throws IOException {
    LocalProxy program = LocalProxy.start(home(end), environment, List.of(arguments));
    started.add(program);
    return program;
  }

  Home home(TunnelEnd end) throws IOException {
    return Home.create(folder.resolve(end.wireName()));
  }

  String token(TunnelEnd end) {
    return tunnel.accessToken(end).reveal();
  }

  @Override
  public void close() {
    started.forEach(LocalProxy::close);
    emulator.close();
  }
}
