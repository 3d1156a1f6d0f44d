// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.relay;

import io.culvert.emulator.journal.Violation;
import io.culvert.emulator.rules.FrameFacts;
import io.culvert.emulator.rules.FrameInspector;
import io.culvert.emulator.rules.MessageRules;
import io.culvert.wire.ProtocolViolationException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client from its handshake to its end: checks its messages and hands them to the relay. */
final class Session implements ClientListener {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  /** The close code of a protocol error (RFC 6455, section 7.4.1). */
  private static final int PROTOCOL_ERROR = 1002;

  private final Relay relay;
  private final EndPoint endPoint;
  private final Client client;
  private final MessageRules rules;
  private final ByteBufAllocator allocator;

  Session(
      Relay relay,
      EndPoint endPoint,
      Client client,
      MessageRules rules,
      ByteBufAllocator allocator) {
    this.relay = relay;
    this.endPoint = endPoint;
    this.client = client;
    this.rules = rules;
    this.allocator = allocator;
    client.listener(this);
  }

  @Override
  public void received(ByteBuf frame) throws ProtocolViolationException {
    try {
      if (client.isClosing() || !endPoint.has(client)) {
        return;
      }
      FrameFacts facts = FrameInspector.inspect(frame);
      endPoint.journal().received(facts.type(), facts.payloadLength());
      if (LOG.isTraceEnabled()) {
        LOG.trace("Tunnel {}: {} sent {}", relay.tunnel().id(), endPoint.end().wireName(), facts);
      }
      rules.check(facts);
      relay.forward(endPoint, facts, prefixed(frame));
    } finally {
      frame.release();
    }
  }

  /** Copies, so that a short frame in a queue does not hold on to a long buffer. */
  private ByteBuf prefixed(ByteBuf frame) {
    int length = frame.readableBytes();
    return allocator
        .buffer(Short.BYTES + length, Short.BYTES + length)
        .writeShort(length)
        .writeBytes(frame, frame.readerIndex(), length);
  }

  @Override
  public void receivedAll() {
    relay.opposite(endPoint).outlet().pump();
  }

  @Override
  public boolean pinged() {
    endPoint.journal().pinged();
    return !endPoint.ignoresPings();
  }

  @Override
  public void writable() {
    if (endPoint.has(client)) {
      endPoint.outlet().pump();
    }
  }

  @Override
  public void violated(String reason) {
    String id = relay.tunnel().id();
    LOG.warn("Tunnel {}: {} broke a rule: {}", id, endPoint.end().wireName(), reason);
    relay.journal().violated(new Violation(id, endPoint.end(), reason));
    client.close(PROTOCOL_ERROR, reason);
  }

  @Override
  public void gone() {
    relay.lost(endPoint, client);
  }
}
