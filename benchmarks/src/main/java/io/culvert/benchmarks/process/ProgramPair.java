// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program as source and once more as destination of a tunnel. Ended with its launcher.
 * Thread-safe.
 */
public final class ProgramPair {
  private final Child source;
  private final Child destination;
  private final Map<String, Integer> ports;

  private ProgramPair(Child source, Child destination, Map<String, Integer> ports) {
    this.source = source;
    this.destination = destination;
    this.ports = ports;
  }

  /**
   * Starts both; the source listens on return.
   *
   * @param launcher starts the processes.
   * @param program the program, which {@link Program#takes takes} the settings.
   * @param service the service that they go to.
   * @param request how they have to be.
   */
  public static ProgramPair start(
      Launcher launcher, Program program, Service service, PairRequest request)
      throws IOException, InterruptedException {
    List<String> services = request.services();
    List<Integer> free = Ports.free(services.size());
    Map<String, Integer> ports = new HashMap<>();
    List<String> listeners = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    for (int i = 0; i < services.size(); i++) {
      ports.put(services.get(i), free.get(i));
      listeners.add(services.get(i) + "=" + free.get(i));
      targets.add(services.get(i) + "=127.0.0.1:" + request.application());
    }
    Settings settings = request.settings();
    EndStarter starter =
        settings.isNone()
            ? new FlagsStarter(launcher, program, service)
            : new GatewayStarter(launcher, program.gateway(), service, settings);
    Child destination = starter.start(End.DESTINATION, targets);
    Child source = starter.start(End.SOURCE, listeners);
    for (int port : free) {
      Await.until(
          List.of(service.process(), destination, source),
          "the source to listen",
          () -> Ports.isOpen(port));
    }
    return new ProgramPair(source, destination, Map.copyOf(ports));
  }

  /** Returns where clients of a service connect to. */
  public InetSocketAddress address(String service) {
    Integer port = ports.get(service);
    if (port == null) {
      throw new IllegalArgumentException("service '" + service + "': must be one of " + ports);
    }
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Returns the process at an end. */
  public Child process(End end) {
    return end == End.SOURCE ? source : destination;
  }
}
