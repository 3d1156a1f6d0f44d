// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.Secret;
import io.culvert.api.TunnelSpec;
import io.culvert.config.HostPort;
import io.culvert.core.config.ConnectSettings;
import io.culvert.core.config.TunnelSettings;
import io.culvert.core.connect.Handshake;
import io.culvert.core.connect.TunnelConnector;
import io.culvert.core.connect.TunnelLink;
import io.culvert.core.stream.StreamBridge;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connects one tunnel to its service, each time as the settings then say. When they name no service
 * for the tunnel any more, it stays with the last one. Event loop only.
 */
final class ServiceConnector {
  private final TunnelSpec spec;
  private final EventLoop loop;
  private final StreamBridge bridge;
  private final Supplier<TunnelSettings> settings;
  private Way way;
  private TunnelConnector connector;
  private boolean orphaned;

  /**
   * Makes a connector that has connected nothing yet, on any thread.
   *
   * @param spec whom to connect; its region or endpoint goes before that of the settings.
   * @param settings the settings in force now.
   * @throws IllegalArgumentException if the service cannot be told from specification and settings.
   */
  ServiceConnector(
      TunnelSpec spec, EventLoop loop, StreamBridge bridge, Supplier<TunnelSettings> settings) {
    this.spec = spec;
    this.loop = loop;
    this.bridge = bridge;
    this.settings = settings;
    TunnelSettings now = settings.get();
    this.way = new Way(service(now), now.connect());
    this.connector = newConnector();
  }

  /** Returns the service of the last attempt or, before the first, of the next one. */
  HostPort endpoint() {
    return way.endpoint;
  }

  /** Makes one attempt. */
  Future<TunnelLink> connect(Secret clientToken) {
    refresh();
    return connector.connect(
        new Handshake(spec.mode(), way.endpoint, spec.accessToken(), clientToken));
  }

  /** Takes the settings over; returns whether the next attempt will be another one for that. */
  boolean refresh() {
    TunnelSettings now = settings.get();
    HostPort endpoint;
    try {
      endpoint = service(now);
    } catch (IllegalArgumentException e) {
      endpoint = way.endpoint;
    }
    Way next = new Way(endpoint, now.connect());
    if (next.equals(way)) {
      return false;
    }
    way = next;
    connector = newConnector();
    return true;
  }

  /** Returns why the settings name no service any more; null if they do, or it was told before. */
  @Nullable String orphaned() {
    boolean before = orphaned;
    try {
      service(settings.get());
      orphaned = false;
    } catch (IllegalArgumentException e) {
      orphaned = true;
      return before ? null : e.getMessage();
    }
    return null;
  }

  private HostPort service(TunnelSettings now) {
    return now.service(spec.region(), spec.endpoint());
  }

  private TunnelConnector newConnector() {
    return new TunnelConnector(loop, bridge.transport(), bridge.resolver(), way.how);
  }

  private record Way(HostPort endpoint, ConnectSettings how) {}
}
