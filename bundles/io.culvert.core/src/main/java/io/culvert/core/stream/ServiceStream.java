// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.api.ProtocolVersion;
import io.culvert.api.ServiceStatus;
import io.culvert.api.TunnelFailure;
import io.culvert.core.send.Share;
import io.culvert.wire.TunnelMessage;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One service of a tunnel: its current stream and the live connections of it. Event loop only. */
final class ServiceStream {
  private final String serviceId;
  private final Share share = new Share();
  private final Map<Integer, Connection> connections = new LinkedHashMap<>();
  private @Nullable Dialect dialect;
  private int streamId;
  private int abandonedId;
  private int lastConnectionId;
  private boolean peerNumbers;
  private boolean guessed;
  private @Nullable String address;
  private @Nullable TunnelFailure failure;
  private long totalConnections;
  private long bytesSent;
  private long bytesReceived;

  ServiceStream(String serviceId) {
    this.serviceId = serviceId;
  }

  String serviceId() {
    return serviceId;
  }

  /** Returns its name for log lines and failures. */
  String label() {
    return label(serviceId);
  }

  static String label(String serviceId) {
    return serviceId.isEmpty() ? "(without id)" : serviceId;
  }

  /** Returns the current stream, 0 if there is none. */
  int streamId() {
    return streamId;
  }

  boolean isActive() {
    return streamId != 0;
  }

  /** Returns whether a stream is the current one. */
  boolean isCurrent(int id) {
    return isActive() && streamId == id;
  }

  /** Returns the dialect of the current stream or, without one, of the next or last. */
  @Nullable Dialect dialect() {
    return dialect;
  }

  void speak(Dialect dialect) {
    this.dialect = dialect;
    this.guessed = false;
  }

  /** Notes what the peer may speak, for one stream. */
  void guess(Dialect dialect) {
    this.dialect = dialect;
    this.guessed = true;
  }

  /** Returns whether the dialect is only a guess. */
  boolean isGuess() {
    return guessed;
  }

  /** Begins a stream; there must be no other. */
  void begin(int streamId, Dialect dialect) {
    this.streamId = streamId;
    this.abandonedId = 0;
    this.dialect = dialect;
    this.lastConnectionId = Dialect.FIRST_CONNECTION;
    this.peerNumbers = false;
  }

  /** Ends the stream; its connections are the caller's business. */
  void end() {
    streamId = 0;
  }

  /** Ends the stream from here; whether the peer hears of it depends on the WebSocket. */
  void endHere() {
    abandonedId = streamId;
    streamId = 0;
  }

  /** Ends the stream and forgets its connections; the peer cannot be told before it is back. */
  void abandon() {
    if (isActive()) {
      abandonedId = streamId;
    }
    streamId = 0;
    connections.clear();
  }

  /**
   * Returns, once, the last stream if the peer may believe in it although it has ended here; 0 if
   * there is none.
   */
  int takeAbandoned() {
    int id = abandonedId;
    abandonedId = 0;
    return id;
  }

  /** Returns the id for one more connection of the stream. */
  int nextConnectionId() {
    lastConnectionId++;
    return lastConnectionId;
  }

  /** Notes that the peer numbers connections in this stream. */
  void peerNumbers() {
    peerNumbers = true;
  }

  /**
   * Returns whether more than one connection was started, and the peer never gave a sign that it
   * understands connection ids.
   */
  boolean multiplexesInVain() {
    return lastConnectionId != Dialect.FIRST_CONNECTION && !peerNumbers;
  }

  void add(Connection connection) {
    connections.put(connection.id(), connection);
    totalConnections++;
  }

  void remove(Connection connection) {
    connections.remove(connection.id(), connection);
  }

  @Nullable Connection connection(int id) {
    return connections.get(id);
  }

  /** Returns the live connections, as a copy that may be walked while they end. */
  List<Connection> connections() {
    return new ArrayList<>(connections.values());
  }

  TunnelMessage data(int connection, ByteBuf payload) {
    return spoken().data(serviceId, streamId, connection, payload);
  }

  TunnelMessage start() {
    return spoken().streamStart(serviceId, streamId);
  }

  TunnelMessage start(int connection) {
    return spoken().connectionStart(serviceId, streamId, connection);
  }

  TunnelMessage end(int connection) {
    return spoken().connectionEnd(serviceId, streamId, connection);
  }

  TunnelMessage reset() {
    return spoken().streamReset(serviceId, streamId);
  }

  /** Returns the dialect of the current or last stream, which there must be. */
  Dialect spoken() {
    if (dialect == null) {
      throw new IllegalStateException("service " + serviceId + " has no stream");
    }
    return dialect;
  }

  void sent(int bytes) {
    bytesSent += bytes;
  }

  void received(int bytes) {
    bytesReceived += bytes;
  }

  /** Returns what part of the tunnel its connections get. */
  Share share() {
    return share;
  }

  @Nullable String address() {
    return address;
  }

  void address(@Nullable String address) {
    this.address = address;
  }

  void failure(@Nullable TunnelFailure failure) {
    this.failure = failure;
  }

  ServiceStatus status() {
    ProtocolVersion version = dialect == null ? null : dialect.version();
    return new ServiceStatus(
        serviceId,
        address,
        version,
        connections.size(),
        totalConnections,
        bytesSent,
        bytesReceived,
        failure);
  }
}
