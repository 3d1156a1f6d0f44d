// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.api.ErrorCode;
import io.culvert.api.ReceiveStatus;
import io.culvert.api.SendStatus;
import io.culvert.api.TunnelFailure;
import io.culvert.core.send.Outbox;
import io.culvert.core.send.Uplink;
import io.culvert.wire.TunnelMessage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All streams of one tunnel, at either end: what comes from the WebSocket goes to the connection it
 * is for, and what local sockets bring goes to the WebSocket. Event loop only.
 */
public abstract sealed class TunnelStreams extends TunnelServices
    permits SourceStreams, DestinationStreams {
  private static final Logger LOG = LoggerFactory.getLogger(TunnelStreams.class);

  private final Traffic traffic;
  private long dropped;
  private long moved;

  TunnelStreams(StreamContext context, StreamsListener listener, ServiceMappings mappings) {
    super(context, listener, mappings);
    this.traffic = new Traffic(context);
  }

  /**
   * Follows a change of mappings or settings. A service that it moves loses its connections, unless
   * these are to be kept; no other one notices.
   *
   * @param mappings the mappings from now on.
   */
  public final void follow(ServiceMappings mappings) {
    List<String> changes = relocate(mappings);
    traffic.follow();
    if (!changes.isEmpty()) {
      LOG.info("{}: {}", name(), String.join(", ", changes));
      listener().changed();
    }
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
      announced(UNNAMED);
    }
    traffic.updateReading();
  }

  /** The WebSocket is gone: every connection ends, the services and their listeners stay. */
  public final void down() {
    traffic.down();
    forgetStreams();
  }

  /**
   * Tells the other end which streams ended with the last WebSocket: the service need not have told
   * it, and whoever only waits for data would never find out.
   */
  @Override
  void onReady() {
    for (ServiceStream stream : services().all()) {
      int abandoned = stream.takeAbandoned();
      if (abandoned != 0) {
        tellEnd(stream, stream.spoken(), abandoned);
      }
    }
  }

  /**
   * Tells the other end that every stream ends here, so that its clients need not find out, and all
   * that it was to be told before. The WebSocket is closed next.
   */
  public final void farewell() {
    for (ServiceStream stream : services().all()) {
      if (stream.isActive()) {
        tellEnd(stream, stream.spoken(), stream.streamId());
      }
    }
    outbox().finishControl();
  }

  /** Tells the peer that a stream has ended here, which need not be the current one. */
  void tellEnd(ServiceStream stream, Dialect dialect, int streamId) {
    outbox().control(dialect.streamReset(stream.serviceId(), streamId));
  }

  /** Ends everything; nothing works afterwards. */
  public final void close() {
    down();
    forgetServices();
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
    LOG.trace("{}: received {}", name(), message);
    switch (message.type()) {
      case DATA -> {
        moved++;
        data(message);
      }
      case SERVICE_IDS ->
          announced(
              message.availableServiceIds().isEmpty() ? UNNAMED : message.availableServiceIds());
      case SESSION_RESET -> {
        LOG.info("{}: session reset by the service, all connections end", name());
        services().all().forEach(this::endByPeer);
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
    if (stream == null || !stream.isCurrent(message.streamId())) {
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
    return stream.isCurrent(message.streamId())
        ? stream.connection(stream.spoken().connectionOf(message))
        : null;
  }

  /** Finds the service that a message is about. */
  private @Nullable ServiceStream streamOf(TunnelMessage message) {
    ServiceStream stream = services().of(message);
    if (stream != null) {
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
  @Override
  final void end(ServiceStream stream, Connection connection) {
    if (stream.connection(connection.id()) != connection) {
      return;
    }
    traffic.outbox().control(stream.end(connection.id()));
    stream.remove(connection);
    boolean last = !stream.spoken().multiplexes();
    onEnded(stream, connection.id());
    if (last) {
      stream.endHere();
    }
  }

  // --- what the two ends do differently ---

  /** How long the peer's data is still delivered after a local end of file. */
  abstract Duration grace();

  abstract void streamStart(TunnelMessage message);

  abstract void connectionStart(TunnelMessage message);

  /** A message for something that does not exist was dropped. */
  abstract void unknown(TunnelMessage message, @Nullable ServiceStream stream);

  /** A message about a service has come, before it is handled; its stream may be an earlier one. */
  abstract void heard(ServiceStream stream, TunnelMessage message);

  abstract void onUp();

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
    LOG.warn("{}: {} {}", name(), ErrorCode.STALLED, message);
    listener().changed();
  }

  final void countDropped() {
    dropped++;
  }

  final Traffic traffic() {
    return traffic;
  }

  final Outbox outbox() {
    return traffic.outbox();
  }

  // --- status ---

  /** Returns how the tunnel sends. */
  public final SendStatus sending() {
    return traffic.outbox().status();
  }

  /** Returns what was received and waits for local sockets. */
  public final ReceiveStatus receiving() {
    return traffic.budget().status();
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
