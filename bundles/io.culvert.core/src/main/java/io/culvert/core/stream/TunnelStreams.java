// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.api.ErrorCode;
import io.culvert.api.ServiceStatus;
import io.culvert.api.TunnelFailure;
import io.culvert.core.config.StreamSettings;
import io.culvert.wire.TunnelMessage;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All streams of one tunnel, at either end: what comes from the WebSocket goes to the connection it
 * is for, and what local sockets bring goes to the WebSocket. Event loop only.
 */
public abstract sealed class TunnelStreams permits SourceStreams, DestinationStreams {
  private static final Logger LOG = LoggerFactory.getLogger(TunnelStreams.class);

  /** The services of a tunnel that has no service ids: one, without a name. */
  private static final List<String> UNNAMED = List.of("");

  private final StreamContext context;
  private final StreamsListener listener;
  private final ServiceTable services = new ServiceTable();
  private final Traffic traffic;
  private ServiceMappings mappings;
  private Set<String> announced = Set.of();
  private boolean ready;
  private long dropped;
  private long moved;

  TunnelStreams(StreamContext context, StreamsListener listener, ServiceMappings mappings) {
    this.context = context;
    this.listener = listener;
    this.mappings = mappings;
    this.traffic = new Traffic(context);
  }

  // --- the WebSocket comes and goes ---

  /**
   * The WebSocket is up.
   *
   * @param uplink the WebSocket.
   * @param announcesServices whether the service will send the service ids.
   */
  public final void up(Uplink uplink, boolean announcesServices) {
    onUp();
    traffic.up(uplink);
    if (!announcesServices) {
      setServices(UNNAMED);
    }
    traffic.updateReading();
  }

  /** The WebSocket is gone: every connection ends, the services and their listeners stay. */
  public final void down() {
    ready = false;
    traffic.down();
    services.all().forEach(ServiceStream::abandon);
  }

  /** Tells the other end that every stream ends here, so that its clients need not find out. */
  public final void farewell() {
    for (ServiceStream stream : services.all()) {
      if (stream.isActive()) {
        outbox().control(stream.reset());
      }
    }
  }

  /** Ends everything; nothing works afterwards. */
  public final void close() {
    down();
    services.update(Set.of(), this::remove, stream -> {});
    announced = Set.of();
    traffic.close();
  }

  /** Sends more, now that the WebSocket is writable again. */
  public final void writable() {
    traffic.writable();
  }

  // --- messages ---

  /**
   * Handles a message from the tunnel.
   *
   * @param message the message; taken over.
   */
  public final void receive(TunnelMessage message) {
    LOG.trace("{}: received {}", context.name(), message);
    switch (message.type()) {
      case DATA -> {
        moved++;
        data(message);
      }
      case SERVICE_IDS ->
          setServices(
              message.availableServiceIds().isEmpty() ? UNNAMED : message.availableServiceIds());
      case SESSION_RESET -> {
        LOG.info("{}: session reset by the service, all connections end", context.name());
        services.all().forEach(this::endByPeer);
      }
      case STREAM_START -> streamStart(message);
      case STREAM_RESET -> streamReset(message);
      case CONNECTION_START -> connectionStart(message);
      case CONNECTION_RESET -> connectionReset(message);
    }
  }

  /** Hands what a burst of messages has brought to the local sockets. */
  public final void receiveComplete() {
    traffic.receiveComplete();
  }

  private void data(TunnelMessage message) {
    ServiceStream stream = streamOf(message);
    Connection connection = stream == null ? null : connectionOf(stream, message);
    if (connection == null) {
      message.release();
      dropped++;
      unknown(message, stream);
      return;
    }
    stream.received(message.payload().readableBytes());
    connection.deliver(message.payload());
  }

  private void streamReset(TunnelMessage message) {
    ServiceStream stream = streamOf(message);
    if (stream == null || stream.streamId() != message.streamId()) {
      dropped++;
      return;
    }
    endByPeer(stream);
  }

  private void connectionReset(TunnelMessage message) {
    ServiceStream stream = streamOf(message);
    Connection connection = stream == null ? null : connectionOf(stream, message);
    if (connection == null) {
      dropped++;
      return;
    }
    stream.remove(connection);
    if (!stream.spoken().multiplexes()) {
      stream.end();
    }
    connection.drain();
  }

  private @Nullable Connection connectionOf(ServiceStream stream, TunnelMessage message) {
    return stream.isActive() && stream.streamId() == message.streamId()
        ? stream.connection(stream.spoken().connectionOf(message))
        : null;
  }

  /** Finds the service that a message is about. */
  private @Nullable ServiceStream streamOf(TunnelMessage message) {
    ServiceStream stream = services.of(message);
    if (stream != null && stream.isActive() && stream.streamId() == message.streamId()) {
      heard(stream, message);
    }
    return stream;
  }

  /** The peer has ended a stream: delivers what is here, then closes. */
  final void endByPeer(ServiceStream stream) {
    stream.end();
    for (Connection connection : stream.connections()) {
      stream.remove(connection);
      connection.drain();
    }
  }

  /** Tells the peer that a connection has ended here, and forgets it. */
  final void end(ServiceStream stream, Connection connection) {
    if (stream.connection(connection.id()) != connection) {
      return;
    }
    traffic.outbox().control(stream.end(connection.id()));
    stream.remove(connection);
    onEnded(stream, connection.id());
    if (!stream.spoken().multiplexes()) {
      stream.end();
    }
  }

  // --- services ---

  private void setServices(List<String> names) {
    Set<String> named = new LinkedHashSet<>(names);
    Set<String> wanted = used(named);
    TunnelFailure misfit = misfit(named, wanted);
    if (misfit != null) {
      listener.failed(misfit);
      return;
    }
    announced = named;
    services.update(wanted, this::removed, stream -> add(stream, wanted));
    ready = true;
    listener.ready();
    onReady();
  }

  /**
   * Follows a change of the mappings: services that it moves lose their connections, unless these
   * are to be kept, and all others notice nothing.
   *
   * @param next the mappings from now on.
   */
  public final void remap(ServiceMappings next) {
    ServiceMappings before = mappings;
    mappings = next;
    if (announced.isEmpty() || before.equals(next)) {
      return;
    }
    List<String> changes = new Remapping(this, before, next).apply(usedAfterwards(announced));
    if (!changes.isEmpty()) {
      LOG.info("{}: {}", context.name(), String.join(", ", changes));
      listener.changed();
    }
  }

  private void removed(ServiceStream stream) {
    LOG.info("{}: service {} is gone", context.name(), stream.label());
    stream.connections().forEach(Connection::abort);
    stream.abandon();
    remove(stream);
  }

  // --- what the two ends do differently ---

  /** How long the peer's data is still delivered after a local end of file. */
  abstract Duration grace();

  abstract void streamStart(TunnelMessage message);

  abstract void connectionStart(TunnelMessage message);

  /** A message for something that does not exist was dropped. */
  abstract void unknown(TunnelMessage message, @Nullable ServiceStream stream);

  /** A message of a current stream has come, before it is handled. */
  abstract void heard(ServiceStream stream, TunnelMessage message);

  /** Returns which services to serve of those that the tunnel has. */
  abstract Set<String> used(Set<String> announced);

  /** Returns which of them to serve now that the mappings have changed. */
  abstract Set<String> usedAfterwards(Set<String> announced);

  /** Says why the services, of which some are used, do not fit the mappings; null if they do. */
  abstract @Nullable TunnelFailure misfit(Set<String> announced, Set<String> wanted);

  abstract void add(ServiceStream stream, Set<String> all);

  abstract void remove(ServiceStream stream);

  /** Tells whether a service has this address, null if there is no mapping for it. */
  abstract boolean isAt(ServiceStream stream, @Nullable String address);

  /**
   * Moves a service, whose connections the caller has ended or keeps.
   *
   * @param address the new address, null if there is no mapping any more.
   * @return what became of the service, in words.
   */
  abstract String move(ServiceStream stream, @Nullable String address);

  abstract void onUp();

  abstract void onReady();

  abstract void onEnded(ServiceStream stream, int connection);

  // --- for connections ---

  /** Makes a connection of a stream; the caller provides its local socket. */
  final Connection newConnection(ServiceStream stream, int id) {
    Connection connection = new Connection(this, stream, id);
    traffic.add(connection);
    stream.add(connection);
    return connection;
  }

  final void reportStall(ServiceStream stream, Connection connection) {
    String message =
        "service "
            + stream.serviceId()
            + ": connection "
            + connection
            + " took nothing for "
            + settings().stallTimeout().toSeconds()
            + " s while it held up others, and was reset";
    stream.failure(TunnelFailure.of(ErrorCode.STALLED, message));
    LOG.warn("{}: {} {}", context.name(), ErrorCode.STALLED, message);
    listener.changed();
  }

  final void countDropped() {
    dropped++;
  }

  final boolean isReady() {
    return ready;
  }

  final ServiceMappings mappings() {
    return mappings;
  }

  final ServiceTable services() {
    return services;
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

  final Traffic traffic() {
    return traffic;
  }

  final Outbox outbox() {
    return traffic.outbox();
  }

  // --- status ---

  /** Returns the services as they are now. */
  public final List<ServiceStatus> status() {
    return services.all().stream().map(ServiceStream::status).toList();
  }

  /** Returns how many messages were for something that does not exist. */
  public final long dropped() {
    return dropped;
  }

  /** Returns how many DATA messages have come; tells whether the tunnel was of use. */
  public final long moved() {
    return moved;
  }
}
