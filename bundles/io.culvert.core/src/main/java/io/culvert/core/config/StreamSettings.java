// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.config.HostPort;
import io.culvert.config.Schema;
import io.culvert.config.Values;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How bytes are moved between local sockets and tunnels.
 *
 * @param bindAddress the local address to listen on (source) or to connect from (destination);
 *     absent for localhost and for the system's choice.
 * @param connectTimeout how long one local connect may take, name look-up included.
 * @param retryCount local connects or binds after a failed one, -1 without end.
 * @param retryDelay between them.
 * @param chunkBytes the payload of the largest message to send.
 * @param connectionBudget bytes that may wait for one local socket.
 * @param tunnelBudget bytes that may wait for all local sockets of a tunnel.
 * @param sourceGrace how long the peer's data must be idle after a local end of file at a source.
 * @param destinationGrace the same at a destination.
 * @param stallTimeout how long a connection may hold up others without progress.
 * @param backlog connections that the system accepts ahead of us.
 * @param maxConnections connections of one tunnel.
 * @param queueWhileDown whether connections that come while the WebSocket is down wait for it
 *     instead of being refused.
 * @param strictServices whether a mapping for a service that the tunnel does not have ends it.
 * @param send how fast a tunnel sends.
 * @param engine what is decided when the stream bridge starts.
 */
public record StreamSettings(
    @Nullable String bindAddress,
    Duration connectTimeout,
    int retryCount,
    Duration retryDelay,
    int chunkBytes,
    int connectionBudget,
    int tunnelBudget,
    Duration sourceGrace,
    Duration destinationGrace,
    Duration stallTimeout,
    int backlog,
    int maxConnections,
    boolean queueWhileDown,
    boolean strictServices,
    SendSettings send,
    EngineSettings engine) {

  /** How they are read; {@link StreamBridgeOcd} says what there is. */
  public static final Schema<StreamSettings> SCHEMA =
      new Schema<>(StreamBridgeOcd.class, StreamBridgeOcd.PID, StreamSettings::read);

  /** The settings that apply when nothing is configured. */
  public static final StreamSettings DEFAULT = SCHEMA.parse(Map.of());

  private static StreamSettings read(Values values) {
    StreamSettings settings =
        new StreamSettings(
            values.parsed("bind.address", StreamSettings::host),
            values.millis("connect.timeout"),
            values.integer("tcp.retry.count"),
            values.millis("tcp.retry.delay"),
            values.integer("max.payload"),
            values.integer("buffer.connection") << 10,
            values.integer("buffer.tunnel") << 10,
            values.millis("grace.source"),
            values.millis("grace.destination"),
            values.millis("stall.timeout"),
            values.integer("backlog"),
            values.integer("max.connections"),
            values.flag("queue.while.down"),
            values.flag("strict.services"),
            SendSettings.read(values),
            EngineSettings.read(values));
    values.checkBound("buffer.connection", "buffer.tunnel");
    if (settings.engine().totalBudget() > 0) {
      values.checkBound("buffer.tunnel", "buffer.total");
    }
    values.check();
    return settings;
  }

  private static String host(String text) {
    try {
      return HostPort.parse(text.indexOf(':') >= 0 ? "[" + text + "]" : text, null, 0).host();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be a host name or an address without a port", e);
    }
  }
}
