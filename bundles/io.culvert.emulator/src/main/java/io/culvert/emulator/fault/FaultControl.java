// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.fault;

import io.culvert.emulator.EmulatedTunnel;
import io.culvert.emulator.Faults;
import io.culvert.emulator.registry.TunnelEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries faults out on the tunnels of an emulator. Callable from any thread. */
public final class FaultControl {
  private static final Logger LOG = LoggerFactory.getLogger(FaultControl.class);

  private final Supplier<List<EmulatedTunnel>> tunnels;

  /**
   * Makes a control.
   *
   * @param tunnels tells the tunnels of the moment, closed ones too.
   */
  public FaultControl(Supplier<List<EmulatedTunnel>> tunnels) {
    this.tunnels = tunnels;
  }

  List<EmulatedTunnel> tunnels() {
    return tunnels.get();
  }

  /**
   * Carries a fault out; it is in effect on return.
   *
   * @return the tunnel's id and the ends that it was carried out on.
   * @throws RefusedException if there is no such tunnel, or no client where one is needed.
   */
  Done carryOut(FaultRequest request) throws RefusedException {
    EmulatedTunnel tunnel = find(request);
    Consumer<Faults> action = request.kind().bind(request.parameters());
    List<TunnelEnd> done = new ArrayList<>();
    for (TunnelEnd end : request.ends()) {
      if (!request.kind().needsClient()) {
        action.accept(tunnel.faults(end));
        done.add(end);
      } else if (tunnel.isConnected(end)) {
        try {
          action.accept(tunnel.faults(end));
          done.add(end);
        } catch (IllegalStateException e) {
          LOG.debug("Tunnel {}: the {} has just gone", tunnel.id(), end.wireName(), e);
        }
      }
    }
    if (done.isEmpty()) {
      String who = request.end() == null ? "no client" : "no " + request.end().wireName();
      throw new RefusedException("tunnel " + tunnel.id() + ": " + who + " is connected");
    }
    String ends = done.stream().map(TunnelEnd::wireName).collect(Collectors.joining(" and "));
    LOG.info("Tunnel {}: fault {} at {}", tunnel.id(), request.kind().wireName(), ends);
    return new Done(tunnel.id(), done);
  }

  private EmulatedTunnel find(FaultRequest request) throws RefusedException {
    List<EmulatedTunnel> open = tunnels().stream().filter(EmulatedTunnel::isOpen).toList();
    if (open.isEmpty()) {
      throw new RefusedException("no tunnel is open");
    }
    if (request.tunnel() != null) {
      return open.stream()
          .filter(tunnel -> tunnel.id().equals(request.tunnel()))
          .findFirst()
          .orElseThrow(
              () -> new RefusedException("no open tunnel has the id '" + request.tunnel() + "'"));
    }
    if (open.size() > 1) {
      throw new RefusedException(
          "several tunnels are open, choose one with --tunnel: "
              + open.stream().map(EmulatedTunnel::id).collect(Collectors.joining(", ")));
    }
    return open.get(0);
  }

  /** What was done: the tunnel and its ends. */
  record Done(String tunnel, List<TunnelEnd> ends) {}
}
