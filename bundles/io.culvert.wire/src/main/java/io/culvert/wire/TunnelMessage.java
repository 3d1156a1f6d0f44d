// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * One message of the tunnel protocol. Immutable but for the position and reference count of its
 * payload: whoever holds the message owns the payload and releases it, or passes the message on.
 *
 * @param type the type.
 * @param serviceId the service id, empty if the message carries none.
 * @param streamId the stream id, 0 if the message carries none.
 * @param connectionId the connection id as an unsigned value, 0 if the message carries none.
 * @param payload the payload, {@link Unpooled#EMPTY_BUFFER} for all but {@link MessageType#DATA}.
 * @param availableServiceIds the services of the tunnel, for {@link MessageType#SERVICE_IDS}.
 */
public record TunnelMessage(
    MessageType type,
    String serviceId,
    int streamId,
    int connectionId,
    ByteBuf payload,
    List<String> availableServiceIds) {

  /** Makes a message with payload; takes over the caller's reference to it. */
  public static TunnelMessage data(
      String serviceId, int streamId, int connectionId, ByteBuf payload) {
    return new TunnelMessage(
        MessageType.DATA, serviceId, streamId, connectionId, payload, List.of());
  }

  /** Makes a message of a type that carries nothing but ids. */
  public static TunnelMessage control(
      MessageType type, String serviceId, int streamId, int connectionId) {
    return new TunnelMessage(
        type, serviceId, streamId, connectionId, Unpooled.EMPTY_BUFFER, List.of());
  }

  /** Makes the message with which the service names the services of a tunnel. */
  public static TunnelMessage serviceIds(List<String> serviceIds) {
    return new TunnelMessage(
        MessageType.SERVICE_IDS, "", 0, 0, Unpooled.EMPTY_BUFFER, List.copyOf(serviceIds));
  }

  /** Gives up the caller's reference to the payload. */
  public void release() {
    payload.release();
  }

  @Override
  public String toString() {
    return type
        + (serviceId.isEmpty() ? "" : " service=" + serviceId)
        + (streamId == 0 ? "" : " stream=" + streamId)
        + (connectionId == 0 ? "" : " connection=" + Integer.toUnsignedString(connectionId))
        + (type == MessageType.DATA ? " payload=" + payload.readableBytes() : "")
        + (availableServiceIds.isEmpty() ? "" : " available=" + availableServiceIds);
  }
}
