// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.api.ServiceStatus;
import io.culvert.api.TunnelFailure;
import io.culvert.core.config.Shares;
import io.culvert.core.config.StreamSettings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of one tunnel: which it has, as the tunnelling service names them, and where each of
 * them is, as mappings and settings say. Event loop only.
 */
abstract sealed class TunnelServices permits TunnelStreams {
  private static final Logger LOG = LoggerFactory.getLogger(TunnelServices.class);

  /** The services of a tunnel that has no service ids: one, without a name. */
  static final List<String> UNNAMED = List.of("");

  private final StreamContext context;
  private final StreamsListener listener;
  private final ServiceTable services = new ServiceTable();
  private ServiceMappings mappings;
  private Set<String> announced = Set.of();
  private boolean ready;

  TunnelServices(StreamContext context, StreamsListener listener, ServiceMappings mappings) {
    this.context = context;
    this.listener = listener;
    this.mappings = mappings;
  }

  /** Serves what the tunnelling service names, from now on and until it names others. */
  final void announced(List<String> names) {
    Set<String> named = new LinkedHashSet<>(names);
    Set<String> wanted = used(named);
    TunnelFailure misfit = misfit(named, wanted);
    if (misfit != null) {
      listener.failed(misfit);
      return;
    }
    announced = named;
    services.update(wanted, this::gone, stream -> add(stream, wanted));
    share();
    boolean first = !ready;
    ready = true;
    listener.ready();
    if (first) {
      onReady();
    }
  }

  private void gone(ServiceStream stream) {
    LOG.info("{}: service {} is gone", context.name(), stream.label());
    stream.connections().forEach(Connection::abort);
    stream.abandon();
    remove(stream);
  }

  /**
   * Follows a change of mappings or settings: services that it moves lose their connections, unless
   * these are to be kept, and all others notice nothing.
   *
   * @param next the mappings from now on.
   * @return what has changed, in words.
   */
  final List<String> relocate(ServiceMappings next) {
    boolean others = !next.own().equals(mappings.own());
    mappings = next;
    if (announced.isEmpty()) {
      return List.of();
    }
    Set<String> used = usedAfterwards(announced);
    if (others) {
      next.warnOfUnused(announced, used, context.name());
    }
    List<String> changes = new Remapping(this, next).apply(used);
    share();
    return changes;
  }

  /** Gives each service its share of the tunnel. */
  private void share() {
    Shares shares = mappings.shares();
    for (ServiceStream stream : services.all()) {
      String id = stream.serviceId();
      stream.share().set(shares.weight(id), shares.limit(id), now());
    }
  }

  private long now() {
    return context.loop().ticker().nanoTime();
  }

  /** The WebSocket is gone: the services and their listeners stay. */
  final void forgetStreams() {
    ready = false;
    services.all().forEach(ServiceStream::abandon);
  }

  /** Ends all services. */
  final void forgetServices() {
    services.update(Set.of(), this::remove, stream -> {});
    announced = Set.of();
  }

  /** Returns the services as they are now. */
  public final List<ServiceStatus> status() {
    return services.all().stream().map(ServiceStream::status).toList();
  }

  // --- what the two ends do differently ---

  /** Returns which services to serve of those that the tunnel has. */
  abstract Set<String> used(Set<String> announced);

  /** Returns which of them to serve now that the mappings have changed. */
  abstract Set<String> usedAfterwards(Set<String> announced);

  /** Says why the services, of which some are used, do not fit the mappings; null if they do. */
  abstract @Nullable TunnelFailure misfit(Set<String> announced, Set<String> wanted);

  abstract void add(ServiceStream stream, Set<String> all);

  abstract void remove(ServiceStream stream);

  /** Tells whether a service is where this address says now; null if there is no mapping for it. */
  abstract boolean isAt(ServiceStream stream, @Nullable String address);

  /**
   * Moves a service, whose connections the caller has ended or keeps.
   *
   * @param address the new address, null if there is no mapping any more.
   * @return what became of the service, in words.
   */
  abstract String move(ServiceStream stream, @Nullable String address);

  /** The services are known in this WebSocket; comes once in each. */
  abstract void onReady();

  /** Tells the peer that a connection has ended here, and forgets it. */
  abstract void end(ServiceStream stream, Connection connection);

  // --- what both have ---

  /** Returns whether the services are known in this WebSocket. */
  final boolean isReady() {
    return ready;
  }

  final ServiceTable services() {
    return services;
  }

  final ServiceMappings mappings() {
    return mappings;
  }

  final StreamContext context() {
    return context;
  }

  final StreamSettings settings() {
    return context.settings().get();
  }

  final StreamsListener listener() {
    return listener;
  }

  final String name() {
    return context.name();
  }
}
