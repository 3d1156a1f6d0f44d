// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.api.ProtocolVersion;
import io.culvert.wire.MessageType;
import io.culvert.wire.TunnelMessage;
import io.netty.buffer.ByteBuf;

/**
 * What the versions of the protocol do differently: whether messages name their service, and
 * whether they number their connections. Everything else follows from these two.
 */
enum Dialect {
  /** One connection in the whole tunnel. */
  V1(ProtocolVersion.V1, false, false),
  /** One connection per service. */
  V2(ProtocolVersion.V2, true, false),
  /** Many connections per service. */
  V3(ProtocolVersion.V3, true, true);

  /** The first connection of a stream, and the only one where connections are not numbered. */
  static final int FIRST_CONNECTION = 1;

  private final ProtocolVersion version;
  private final boolean namesServices;
  private final boolean numbersConnections;

  Dialect(ProtocolVersion version, boolean namesServices, boolean numbersConnections) {
    this.version = version;
    this.namesServices = namesServices;
    this.numbersConnections = numbersConnections;
  }

  /** Returns the dialect of a version. */
  static Dialect of(ProtocolVersion version) {
    return valueOf(version.name());
  }

  /** Returns the dialect that a message is in, as far as its shape tells. */
  static Dialect of(TunnelMessage message) {
    if (message.serviceId().isEmpty()) {
      return V1;
    }
    return message.connectionId() == 0 ? V2 : V3;
  }

  ProtocolVersion version() {
    return version;
  }

  /** Returns whether each message names its service. */
  boolean namesServices() {
    return namesServices;
  }

  /** Returns whether a stream can have several connections, and outlives each of them. */
  boolean multiplexes() {
    return numbersConnections;
  }

  /** Returns the connection that a received message is about. */
  int connectionOf(TunnelMessage message) {
    return numbersConnections && message.connectionId() != 0
        ? message.connectionId()
        : FIRST_CONNECTION;
  }

  TunnelMessage data(String service, int stream, int connection, ByteBuf payload) {
    return TunnelMessage.data(service(service), stream, connection(connection), payload);
  }

  TunnelMessage streamStart(String service, int stream) {
    return TunnelMessage.control(
        MessageType.STREAM_START, service(service), stream, connection(FIRST_CONNECTION));
  }

  TunnelMessage streamReset(String service, int stream) {
    return TunnelMessage.control(MessageType.STREAM_RESET, service(service), stream, 0);
  }

  /** Makes the message that starts a further connection; only where streams multiplex. */
  TunnelMessage connectionStart(String service, int stream, int connection) {
    return TunnelMessage.control(
        MessageType.CONNECTION_START, service(service), stream, connection(connection));
  }

  /** Makes the message that ends one connection, which may be the end of its stream. */
  TunnelMessage connectionEnd(String service, int stream, int connection) {
    return numbersConnections
        ? TunnelMessage.control(
            MessageType.CONNECTION_RESET, service(service), stream, connection(connection))
        : streamReset(service, stream);
  }

  private String service(String service) {
    return namesServices ? service : "";
  }

  private int connection(int connection) {
    return numbersConnections ? connection : 0;
  }
}
