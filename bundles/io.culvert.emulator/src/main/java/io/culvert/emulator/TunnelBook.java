// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import io.culvert.emulator.control.PresenceSource;
import io.culvert.emulator.journal.Presence;
import io.culvert.emulator.journal.TunnelJournal;
import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.emulator.registry.TunnelListener;
import io.culvert.emulator.registry.TunnelRecord;
import io.culvert.emulator.registry.TunnelRegistry;
import io.culvert.emulator.server.TunnelServer;
import io.culvert.emulator.time.ServiceClock;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives each tunnel of the registry a journal, a relay and its place in the facade, for as long as
 * the registry knows it. Safe for several threads.
 */
final class TunnelBook implements TunnelListener, PresenceSource {
  private final TunnelRegistry registry;
  private final TunnelServer server;
  private final EventLoop loop;
  private final ServiceClock clock;
  private final Map<String, EmulatedTunnel> tunnels = new LinkedHashMap<>();

  TunnelBook(TunnelRegistry registry, TunnelServer server, EventLoop loop, ServiceClock clock) {
    this.registry = registry;
    this.server = server;
    this.loop = loop;
    this.clock = clock;
    registry.addListener(this);
  }

  @Override
  public void opening(TunnelRecord tunnel) {
    TunnelJournal journal = new TunnelJournal(clock);
    EmulatedTunnel opening =
        new EmulatedTunnel(registry, tunnel, journal, server.addTunnel(tunnel, journal), loop);
    synchronized (tunnels) {
      tunnels.put(tunnel.id(), opening);
    }
  }

  @Override
  public void redirected(TunnelRecord tunnel) {
    find(tunnel.id()).ifPresent(known -> known.redirect(tunnel));
  }

  @Override
  public void forgotten(String tunnelId) {
    synchronized (tunnels) {
      tunnels.remove(tunnelId);
    }
  }

  @Override
  public Optional<Presence> presence(String tunnelId, TunnelEnd end) {
    return find(tunnelId).map(tunnel -> tunnel.presence(end));
  }

  Optional<EmulatedTunnel> find(String tunnelId) {
    synchronized (tunnels) {
      return Optional.ofNullable(tunnels.get(tunnelId));
    }
  }

  /** Returns all tunnels, in the order of their opening. */
  List<EmulatedTunnel> all() {
    synchronized (tunnels) {
      return new ArrayList<>(tunnels.values());
    }
  }
}
