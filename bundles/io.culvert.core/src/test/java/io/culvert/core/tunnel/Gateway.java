// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.Tunnel;
import io.culvert.api.TunnelListener;
import io.culvert.api.TunnelSpec;
import io.culvert.config.SecretValues;
import io.culvert.core.config.TunnelSettings;
import io.culvert.core.status.ConfigurationReports;
import io.culvert.core.stream.Bridges;
import io.culvert.core.stream.StreamBridge;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** What one process has: a stream bridge, mappings, and tunnels. Ends like the real components. */
final class Gateway implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final Tunnels tunnels;
  final ServiceMappingConfig mappings;
  private volatile TunnelSettings settings;
  final StreamBridge bridge;
  private boolean closed;

  Gateway(Map<String, Object> manager, Map<String, Object> streams, Map<String, Object> mappings) {
    settings = TunnelSettings.SCHEMA.parse(manager);
    SecretValues secrets = new SecretValues();
    ConfigurationReports reports = new ConfigurationReports();
    bridge = new StreamBridge(secrets, reports, streams);
    this.mappings = new ServiceMappingConfig(secrets, reports, mappings);
    tunnels =
        new Tunnels(
            bridge,
            this.mappings,
            new StateFolder(new RegistrationContext().context()),
            () -> settings);
  }

  Tunnel open(TunnelSpec spec, TunnelListener listener) {
    return tunnels.open(spec, listener);
  }

  /** Changes the settings of the tunnel manager. */
  void configure(Map<String, Object> manager) {
    settle(manager);
    tunnels.changed();
  }

  /** Changes the settings of the tunnel manager, but tells nobody yet. */
  void settle(Map<String, Object> manager) {
    settings = TunnelSettings.SCHEMA.parse(manager);
  }

  /** Changes the settings of the stream bridge. */
  void configureStreams(Map<String, Object> streams) {
    Bridges.modify(bridge, streams);
  }

  /** Makes a tunnel that nobody tells of changes; the caller starts and closes it. */
  ManagedTunnel unlisted(TunnelSpec spec, TunnelListener listener) {
    return new ManagedTunnel(spec, listener, () -> settings, mappings, bridge, ListedTunnel::end);
  }

  /** Ends everything; no buffer may be in use afterwards. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    tunnels.stop(PATIENCE);
    Bridges.deactivate(bridge);
    PooledByteBufAllocator allocator = (PooledByteBufAllocator) bridge.transport().allocator();
    long inUse =
        Stream.concat(
                allocator.metric().directArenas().stream(),
                allocator.metric().heapArenas().stream())
            .mapToLong(PoolArenaMetric::numActiveAllocations)
            .sum();
    assertThat(inUse).as("buffers in use").isZero();
  }
}
