// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.rules;

import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.emulator.registry.TunnelRecord;
import io.culvert.wire.MessageType;
import io.culvert.wire.ProtocolViolationException;
import io.culvert.wire.WireLimits;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the messages of one client, from its handshake on. What may be in flight while the other
 * end resets or is replaced is no violation. Confined to the event loop.
 */
public final class MessageRules {
  /** The longest payload of a WebSocket message, either way. */
  public static final int MAX_WEBSOCKET_PAYLOAD = 131076;

  private final TunnelRecord tunnel;
  private final TunnelEnd end;
  private final StreamTable streams;
  private final Map<String, Integer> started = new HashMap<>();
  private @Nullable Boolean sessionHasServiceIds;

  /**
   * Makes the rules for a new client.
   *
   * @param tunnel its tunnel.
   * @param end its end.
   * @param streams the streams of the tunnel.
   */
  public MessageRules(TunnelRecord tunnel, TunnelEnd end, StreamTable streams) {
    this.tunnel = tunnel;
    this.end = end;
    this.streams = streams;
  }

  /**
   * Checks one message.
   *
   * @param facts the message.
   * @throws ProtocolViolationException if the client may not send it.
   */
  public void check(FrameFacts facts) throws ProtocolViolationException {
    MessageType type = checkType(facts);
    require(
        facts.payloadLength() <= WireLimits.DEFAULT.maxPayload(),
        "payload of " + facts.payloadLength() + " bytes");
    require(facts.availableServiceIds() == 0, "available service ids from a client");
    require(
        facts.serviceId().isEmpty() || tunnel.services().contains(facts.serviceId()),
        "service id is not in the tunnel");
    if (type == null) {
      return;
    }
    require(facts.streamId() != 0, type + " with stream id 0");
    if (end == TunnelEnd.SOURCE) {
      checkSource(type, facts);
    } else {
      checkDestination(type, facts);
    }
  }

  private @Nullable MessageType checkType(FrameFacts facts) throws ProtocolViolationException {
    require(facts.typeNumber() != 0, "type UNKNOWN");
    MessageType type = facts.type();
    require(type != null || facts.ignorable(), "type " + facts.typeNumber() + ", not ignorable");
    require(
        type != MessageType.SERVICE_IDS && type != MessageType.SESSION_RESET,
        "a client sent " + type);
    return type;
  }

  private void checkSource(MessageType type, FrameFacts facts) throws ProtocolViolationException {
    boolean hasServiceId = !facts.serviceId().isEmpty();
    if (sessionHasServiceIds == null) {
      sessionHasServiceIds = hasServiceId;
    }
    require(sessionHasServiceIds == hasServiceId, "service id presence changed within a session");
    switch (type) {
      case STREAM_START -> started.put(facts.serviceId(), facts.streamId());
      case STREAM_RESET -> started.remove(facts.serviceId(), facts.streamId());
      case DATA, CONNECTION_START ->
          require(
              started.containsKey(facts.serviceId()), type + " of a service without STREAM_START");
      default -> {}
    }
  }

  private void checkDestination(MessageType type, FrameFacts facts)
      throws ProtocolViolationException {
    require(
        type != MessageType.STREAM_START && type != MessageType.CONNECTION_START,
        "a destination sent " + type);
    require(
        streams.mayAnswer(!facts.serviceId().isEmpty()),
        facts.serviceId().isEmpty()
            ? "answer without service id to a stream with one"
            : "answer with service id to a stream without one");
  }

  private static void require(boolean condition, String violation)
      throws ProtocolViolationException {
    if (!condition) {
      throw new ProtocolViolationException(violation);
    }
  }
}
