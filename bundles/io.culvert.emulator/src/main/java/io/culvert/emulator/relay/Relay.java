// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.relay;

import io.culvert.emulator.journal.HandshakeInfo;
import io.culvert.emulator.journal.TunnelJournal;
import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.emulator.registry.TunnelRecord;
import io.culvert.emulator.rules.FrameFacts;
import io.culvert.emulator.rules.MessageRules;
import io.culvert.emulator.rules.StreamTable;
import io.culvert.wire.FrameSplitter;
import io.culvert.wire.MessageEncoder;
import io.culvert.wire.MessageType;
import io.culvert.wire.TunnelMessage;
import io.culvert.wire.WireLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the tunnel frames of one tunnel from end to end. A client is read only while the queue in
 * front of the other end has room. Confined to the event loop.
 */
public final class Relay {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  private final TunnelJournal journal;
  private final RelayOptions options;
  private final ByteBufAllocator allocator;
  private final MessageEncoder encoder = new MessageEncoder();
  private final StreamTable streams = new StreamTable();
  private final Map<TunnelEnd, EndPoint> ends = new EnumMap<>(TunnelEnd.class);
  private TunnelRecord tunnel;
  private boolean closed;

  /**
   * Makes a relay without clients.
   *
   * @param tunnel the tunnel.
   * @param journal notes what happens.
   * @param options how an absent end is treated.
   * @param loop the event loop that it and all its clients are confined to.
   * @param allocator gives the buffers of queued frames.
   */
  public Relay(
      TunnelRecord tunnel,
      TunnelJournal journal,
      RelayOptions options,
      EventLoop loop,
      ByteBufAllocator allocator) {
    this.tunnel = tunnel;
    this.journal = journal;
    this.options = options;
    this.allocator = allocator;
    for (TunnelEnd end : TunnelEnd.values()) {
      ends.put(
          end,
          new EndPoint(
              end, journal.end(end), options.holdForAbsent(), loop, allocator, () -> balance(end)));
    }
  }

  /** Returns one end. */
  public EndPoint end(TunnelEnd end) {
    EndPoint endPoint = ends.get(end);
    if (endPoint == null) {
      throw new IllegalStateException("no end point for " + end);
    }
    return endPoint;
  }

  /**
   * Takes over a channel on which a WebSocket was just opened.
   *
   * @param end the end that it belongs to.
   * @param channel the channel, with the WebSocket codec at the end of its pipeline.
   * @param handshake the request.
   * @param sendServiceIds whether the subprotocol has the service name its services.
   */
  public void connect(
      TunnelEnd end, Channel channel, HandshakeInfo handshake, boolean sendServiceIds) {
    EndPoint endPoint = end(end);
    replace(endPoint);
    LOG.info(
        "Tunnel {}: {} connected, {}, channel-id {}",
        tunnel.id(),
        end.wireName(),
        handshake.subprotocol(),
        handshake.channelId());
    Client client = new Client(channel);
    MessageRules rules = new MessageRules(tunnel, end, streams);
    Session session = new Session(this, endPoint, client, rules, allocator);
    FrameSplitter splitter = new FrameSplitter(allocator, WireLimits.DEFAULT);
    channel.pipeline().addLast(ClientHandler.NAME, new ClientHandler(client, session, splitter));
    ByteBuf first = sendServiceIds ? encode(TunnelMessage.serviceIds(tunnel.services())) : null;
    endPoint.attach(client, handshake, first);
    balance(end);
    balance(end.other());
  }

  /**
   * A client that comes back replaces itself (V3 guide, "StreamReset": "likely has reconnected").
   */
  private void replace(EndPoint endPoint) {
    endPoint
        .client()
        .ifPresent(
            old -> {
              LOG.info(
                  "Tunnel {}: {} is replaced by another", tunnel.id(), endPoint.end().wireName());
              endPoint.detach();
              old.cut();
            });
    if (endPoint.hadClient()) {
      tell(opposite(endPoint), options.onReplacement());
    }
    if (endPoint.end() == TunnelEnd.SOURCE) {
      streams.clear();
    }
  }

  /**
   * Queues a message for an end as if it came from the service, and takes it over.
   *
   * @param end the end that is to get it.
   * @param message the message.
   */
  public void inject(TunnelEnd end, TunnelMessage message) {
    injectBytes(end, encode(message));
  }

  /**
   * Queues bytes for an end in the middle of its byte stream, and takes them over.
   *
   * @param end the end that is to get them.
   * @param bytes the bytes.
   */
  public void injectBytes(TunnelEnd end, ByteBuf bytes) {
    if (closed) {
      bytes.release();
      throw new IllegalStateException("tunnel " + tunnel.id() + " is closed");
    }
    EndPoint endPoint = end(end);
    endPoint.deliver(bytes);
    endPoint.outlet().pump();
  }

  /** Has clients that connect from now on told other services of the same tunnel. */
  public void redirect(TunnelRecord changed) {
    tunnel = changed;
  }

  /** Sends a client of an end away, if there is one, and tells nobody. */
  public void dismiss(TunnelEnd end, int code, String reason) {
    EndPoint endPoint = end(end);
    endPoint
        .client()
        .ifPresent(
            client -> {
              LOG.info("Tunnel {}: {} is sent away: {}", tunnel.id(), end.wireName(), reason);
              endPoint.detach();
              client.close(code, reason);
            });
  }

  /**
   * Sends both clients away and releases all that is queued. No client may follow.
   *
   * @param code the close code.
   * @param reason the reason.
   */
  public void close(int code, String reason) {
    closed = true;
    for (EndPoint endPoint : ends.values()) {
      endPoint.client().ifPresent(client -> client.close(code, reason));
      endPoint.detach();
    }
  }

  TunnelRecord tunnel() {
    return tunnel;
  }

  TunnelJournal journal() {
    return journal;
  }

  EndPoint opposite(EndPoint endPoint) {
    return end(endPoint.end().other());
  }

  /** Passes a frame that kept the rules on, and takes it over. */
  void forward(EndPoint from, FrameFacts facts, ByteBuf frame) {
    streams.note(from.end(), facts);
    EndPoint to = opposite(from);
    if (facts.type() == MessageType.STREAM_RESET) {
      noteReset(to.end(), facts.serviceId(), facts.streamId());
    }
    to.deliver(frame);
    balance(to.end());
  }

  /** Notes that a client is gone or on its way out. Does nothing if it was replaced before. */
  void lost(EndPoint endPoint, Client client) {
    if (!endPoint.has(client)) {
      return;
    }
    LOG.info("Tunnel {}: {} disconnected", tunnel.id(), endPoint.end().wireName());
    endPoint.detach();
    tell(opposite(endPoint), options.onLoss());
  }

  private void tell(EndPoint endPoint, PeerNotice notice) {
    if (notice == PeerNotice.SESSION_RESET) {
      endPoint.deliver(encode(TunnelMessage.control(MessageType.SESSION_RESET, "", 0, 0)));
    } else if (notice == PeerNotice.STREAM_RESET) {
      streams
          .active()
          .forEach(
              (service, stream) -> {
                noteReset(endPoint.end(), service, stream);
                endPoint.deliver(
                    encode(TunnelMessage.control(MessageType.STREAM_RESET, service, stream, 0)));
              });
    }
    if (notice != PeerNotice.NONE) {
      streams.clear();
      endPoint.outlet().pump();
    }
  }

  private void noteReset(TunnelEnd to, String service, int stream) {
    LOG.debug(
        "Tunnel {}: {} gets STREAM_RESET of service '{}', stream {}",
        tunnel.id(),
        to.wireName(),
        service,
        stream);
  }

  /** Reads the sender to an end, or pauses it, by the level of the queue in between. */
  private void balance(TunnelEnd to) {
    EndPoint receiver = end(to);
    EndPoint sender = end(to.other());
    if (receiver.outlet().isFull()) {
      sender.client().ifPresent(Client::pauseForOtherEnd);
    } else if (receiver.outlet().isLow()) {
      sender.client().ifPresent(Client::resumeForOtherEnd);
    }
  }

  private ByteBuf encode(TunnelMessage message) {
    return encoder.encode(message, allocator);
  }
}
