// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.api.ErrorCode;
import io.culvert.api.ServiceStatus;
import io.culvert.api.TunnelFailure;
import io.culvert.core.config.StreamSettings;
import io.culvert.wire.TunnelMessage;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
  private final Map<String, ServiceStream> services = new LinkedHashMap<>();
  private final Set<Connection> connections = new LinkedHashSet<>();
  private final List<Delivery> unflushed = new ArrayList<>();
  private final Outbox outbox = new Outbox();
  private final ReceiveBudget budget;
  private final StallWatch stallWatch;
  private @Nullable Uplink uplink;
  private boolean ready;
  private long dropped;
  private long moved;

  TunnelStreams(StreamContext context, StreamsListener listener) {
    this.context = context;
    this.listener = listener;
    this.budget =
        new ReceiveBudget(
            context.loop(), context.shared(), context.settings(), this::onBudgetChanged);
    this.stallWatch =
        new StallWatch(context.loop(), budget, context.settings(), () -> connections.size() > 1);
  }

  // --- the WebSocket comes and goes ---

  /**
   * The WebSocket is up.
   *
   * @param uplink the WebSocket.
   * @param announcesServices whether the service will send the service ids.
   */
  public final void up(Uplink uplink, boolean announcesServices) {
    this.uplink = uplink;
    outbox.attach(uplink);
    onUp();
    updateReading();
    if (!announcesServices) {
      setServices(UNNAMED);
    }
  }

  /** The WebSocket is gone: every connection ends, the services and their listeners stay. */
  public final void down() {
    uplink = null;
    ready = false;
    outbox.detach();
    abortAll(List.copyOf(connections));
    services.values().forEach(ServiceStream::end);
    onDown();
  }

  /** Ends everything; nothing works afterwards. */
  public final void close() {
    down();
    List.copyOf(services.values()).forEach(this::remove);
    services.clear();
    stallWatch.stop();
    budget.close();
  }

  /** Sends more, now that the WebSocket is writable again. */
  public final void writable() {
    outbox.pump();
    updateReading();
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
        services.values().forEach(this::endByPeer);
      }
      case STREAM_START -> streamStart(message);
      case STREAM_RESET -> streamReset(message);
      case CONNECTION_START -> connectionStart(message);
      case CONNECTION_RESET -> connectionReset(message);
    }
  }

  /** Hands what a burst of messages has brought to the local sockets. */
  public final void receiveComplete() {
    for (int i = 0; i < unflushed.size(); i++) {
      unflushed.get(i).flush();
    }
    unflushed.clear();
    if (outbox.isFlooded()) {
      updateReading();
    }
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
    if (!dialectOf(stream).multiplexes()) {
      stream.end();
    }
    connection.drain();
  }

  private @Nullable Connection connectionOf(ServiceStream stream, TunnelMessage message) {
    return stream.isActive() && stream.streamId() == message.streamId()
        ? stream.connection(dialectOf(stream).connectionOf(message))
        : null;
  }

  /** Finds the service that a message is about. */
  private @Nullable ServiceStream streamOf(TunnelMessage message) {
    ServiceStream stream = serviceOf(message);
    if (stream != null && stream.isActive() && stream.streamId() == message.streamId()) {
      heard(stream, message);
    }
    return stream;
  }

  /** Finds the service that a message names or, if it names none, can only mean. */
  final @Nullable ServiceStream serviceOf(TunnelMessage message) {
    ServiceStream named = services.get(message.serviceId());
    if (named != null || !message.serviceId().isEmpty()) {
      return named;
    }
    for (ServiceStream stream : services.values()) {
      if (services.size() == 1 || (stream.isActive() && stream.streamId() == message.streamId())) {
        return stream;
      }
    }
    return null;
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
    outbox.control(stream.end(connection.id()));
    stream.remove(connection);
    onEnded(stream, connection.id());
    if (!dialectOf(stream).multiplexes()) {
      stream.end();
    }
  }

  // --- services ---

  private void setServices(List<String> names) {
    Set<String> wanted = used(new LinkedHashSet<>(names));
    TunnelFailure misfit = misfit(wanted);
    if (misfit != null) {
      listener.failed(misfit);
      return;
    }
    for (ServiceStream stream : List.copyOf(services.values())) {
      if (!wanted.contains(stream.serviceId())) {
        LOG.info("{}: service {} is gone", context.name(), stream.serviceId());
        abortAll(stream.connections());
        services.remove(stream.serviceId());
        remove(stream);
      }
    }
    for (String name : wanted) {
      if (!services.containsKey(name)) {
        ServiceStream stream = new ServiceStream(name);
        services.put(name, stream);
        add(stream, wanted);
      }
    }
    ready = true;
    listener.ready();
    onReady();
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

  /** Says why the services do not fit the mappings; null if they do. */
  abstract @Nullable TunnelFailure misfit(Set<String> wanted);

  abstract void add(ServiceStream stream, Set<String> all);

  abstract void remove(ServiceStream stream);

  abstract void onUp();

  abstract void onReady();

  abstract void onDown();

  abstract void onEnded(ServiceStream stream, int connection);

  // --- for connections ---

  /** Makes a connection of a stream; the caller provides its local socket. */
  final Connection newConnection(ServiceStream stream, int id) {
    Connection connection = new Connection(this, stream, id);
    connections.add(connection);
    stream.add(connection);
    return connection;
  }

  final void gone(Connection connection) {
    connections.remove(connection);
  }

  final boolean hasRoom() {
    return connections.size() < settings().maxConnections();
  }

  final void flushLater(Delivery delivery) {
    unflushed.add(delivery);
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

  final void abortAll(Collection<Connection> ended) {
    ended.forEach(Connection::abort);
    for (ServiceStream stream : services.values()) {
      ended.forEach(stream::remove);
    }
  }

  private void onBudgetChanged(boolean reading) {
    updateReading();
    if (!reading) {
      stallWatch.start();
    }
  }

  private void updateReading() {
    if (uplink != null) {
      uplink.setReading(!budget.isPaused() && !outbox.isFlooded());
    }
  }

  static Dialect dialectOf(ServiceStream stream) {
    Dialect dialect = stream.dialect();
    if (dialect == null) {
      throw new IllegalStateException("service " + stream.serviceId() + " has no stream");
    }
    return dialect;
  }

  final void countDropped() {
    dropped++;
  }

  final boolean isReady() {
    return ready;
  }

  final Map<String, ServiceStream> services() {
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

  /** Returns the time on the event loop's clock, in nanoseconds. */
  final long now() {
    return loop().ticker().nanoTime();
  }

  final EventLoop loop() {
    return context.loop();
  }

  final ByteBufAllocator allocator() {
    return context.transport().allocator();
  }

  final Outbox outbox() {
    return outbox;
  }

  final ReceiveBudget budget() {
    return budget;
  }

  // --- status ---

  /** Returns the services as they are now. */
  public final List<ServiceStatus> status() {
    return services.values().stream().map(ServiceStream::status).toList();
  }

  /** Returns how many messages were for something that does not exist. */
  public final long dropped() {
    return dropped;
  }

  /** Returns how many DATA messages have come; tells whether the tunnel was of use. */
  public final long moved() {
    return moved;
  }

  /** Returns whether reading is paused because local sockets are slow. */
  public final boolean isPaused() {
    return budget.isPaused();
  }
}
