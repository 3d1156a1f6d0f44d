// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelFailure;
import io.culvert.core.config.LocalEndpoint;
import io.culvert.wire.TunnelMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The destination end: connects what the source starts to local applications, and answers in the
 * version that each stream was started in. Event loop only.
 */
public final class DestinationStreams extends TunnelStreams {
  private static final Logger LOG = LoggerFactory.getLogger(DestinationStreams.class);

  private static final int WHOLE_STREAM = 0;

  private final @Nullable Dialect forced;
  private final RecentIds ended = new RecentIds();

  /**
   * Makes the streams of a tunnel; nothing happens before {@link #up}.
   *
   * @param mappings endpoints by service id.
   * @param forced the version to speak, null to follow the source.
   */
  DestinationStreams(
      StreamContext context,
      StreamsListener listener,
      ServiceMappings mappings,
      @Nullable Dialect forced) {
    super(context, listener, mappings);
    this.forced = forced;
  }

  // --- messages ---

  @Override
  void streamStart(TunnelMessage message) {
    ServiceStream stream = services().of(message);
    Dialect dialect = dialectOf(message);
    if (stream == null) {
      LOG.debug("{}: refused {}: no such service", name(), message);
      countDropped();
      if (message.serviceId().isEmpty()) {
        // An answer about a service that the tunnel does not have would be a violation of ours.
        outbox().control(dialect.streamReset("", message.streamId()));
      }
      return;
    }
    if (stream.isActive()) {
      endByPeer(stream);
    }
    stream.begin(message.streamId(), dialect);
    connect(stream, dialect.connectionOf(message));
  }

  @Override
  void connectionStart(TunnelMessage message) {
    ServiceStream stream = services().of(message);
    Dialect dialect = dialectOf(message);
    if (stream == null || !dialect.multiplexes()) {
      countDropped();
      return;
    }
    boolean current = stream.isCurrent(message.streamId());
    if (!current && ended.has(stream.serviceId(), message.streamId(), WHOLE_STREAM)) {
      // It was on its way while the source was told that the stream has ended.
      countDropped();
      return;
    }
    if (!stream.isActive()) {
      // The source's stream is older than this process: adopt it.
      stream.begin(message.streamId(), dialect);
    }
    int id = dialect.connectionOf(message);
    Connection open = stream.connection(id);
    if (stream.streamId() != message.streamId() || !stream.spoken().multiplexes()) {
      refuse(message, stream);
    } else if (open != null) {
      end(stream, open);
      open.abort();
    } else {
      connect(stream, id);
    }
  }

  /** Ends, once, what the source believes in, so that its clients see the end. */
  @Override
  void unknown(TunnelMessage message, @Nullable ServiceStream stream) {
    LOG.trace("{}: dropped {}", name(), message);
    if (stream == null) {
      return;
    }
    if (stream.streamId() == message.streamId()) {
      refuse(message, stream);
    } else if (!ended.has(stream.serviceId(), message.streamId(), WHOLE_STREAM)) {
      // None of the stream's connections exist here, those included that are silent now.
      tellEnd(stream, dialectOf(message), message.streamId());
    }
  }

  /** Shows also that this end numbers connections: a source might take the reset for V2. */
  @Override
  void tellEnd(ServiceStream stream, Dialect dialect, int streamId) {
    ended.add(stream.serviceId(), streamId, WHOLE_STREAM);
    super.tellEnd(stream, dialect, streamId);
    if (dialect.multiplexes()) {
      int first = Dialect.FIRST_CONNECTION;
      outbox().control(dialect.connectionEnd(stream.serviceId(), streamId, first));
    }
  }

  private void refuse(TunnelMessage message, ServiceStream stream) {
    Dialect dialect = dialectOf(message);
    int id = dialect.connectionOf(message);
    if (ended.add(stream.serviceId(), message.streamId(), id)) {
      outbox().control(dialect.connectionEnd(message.serviceId(), message.streamId(), id));
    }
  }

  private Dialect dialectOf(TunnelMessage message) {
    return forced != null ? forced : Dialect.of(message);
  }

  @Override
  void heard(ServiceStream stream, TunnelMessage message) {
    // The version of a stream follows from its start.
  }

  // --- local applications ---

  private void connect(ServiceStream stream, int id) {
    String endpoint = stream.address();
    boolean room = endpoint == null || traffic().makeRoom();
    Connection connection = newConnection(stream, id);
    if (!room || endpoint == null) {
      String why = room ? "its service is not mapped" : "no connection is free";
      LOG.debug("{}: {}: refused, {}", name(), connection, why);
      connection.unreachable();
      return;
    }
    new LocalConnector(context(), LocalEndpoint.parse(endpoint), connection)
        .start(
            () -> reached(stream, endpoint, null),
            reason -> {
              String text = "service " + stream.serviceId() + ": " + endpoint + ": " + reason;
              LOG.warn("{}: {} {}", name(), ErrorCode.DESTINATION, text);
              reached(stream, endpoint, TunnelFailure.of(ErrorCode.DESTINATION, text));
              listener().changed();
            });
  }

  /** Notes whether an endpoint was reached, unless the service has moved meanwhile. */
  private static void reached(
      ServiceStream stream, String endpoint, @Nullable TunnelFailure failure) {
    if (endpoint.equals(stream.address())) {
      stream.failure(failure);
    }
  }

  @Override
  void onEnded(ServiceStream stream, int connection) {
    boolean more = stream.spoken().multiplexes();
    ended.add(stream.serviceId(), stream.streamId(), more ? connection : WHOLE_STREAM);
  }

  // --- services ---

  /**
   * Adds the service that streams without a service id go to, if there is a mapping for it, or its
   * connections are kept without.
   */
  @Override
  Set<String> used(Set<String> announced) {
    ServiceStream unnamed = services().get("");
    boolean kept =
        mappings().keepEstablished() && unnamed != null && !unnamed.connections().isEmpty();
    if (announced.size() == 1 || !(mappings().hasUnnamed() || kept)) {
      return announced;
    }
    Set<String> used = new LinkedHashSet<>(announced);
    used.add("");
    return used;
  }

  @Override
  Set<String> usedAfterwards(Set<String> announced) {
    return used(announced);
  }

  /** A service that was there before may have lost its mapping meanwhile; see {@link #move}. */
  @Override
  @Nullable TunnelFailure misfit(Set<String> announced, Set<String> wanted) {
    List<String> missing = new ArrayList<>();
    for (String service : wanted) {
      if (services().get(service) == null && mappings().address(service, wanted) == null) {
        missing.add(ServiceStream.label(service));
      }
    }
    if (!missing.isEmpty()) {
      return TunnelFailure.of(
          ErrorCode.SERVICES,
          "no destination is mapped for service "
              + String.join(", ", missing)
              + " of the tunnel; mapped: "
              + mappings().describe());
    }
    return mappings().unused(announced, wanted, settings().strictServices(), name());
  }

  @Override
  void add(ServiceStream stream, Set<String> all) {
    stream.address(endpoint(mappings().address(stream.serviceId(), all)));
  }

  private static @Nullable String endpoint(@Nullable String address) {
    return address == null ? null : LocalEndpoint.parse(address).toString();
  }

  @Override
  boolean isAt(ServiceStream stream, @Nullable String address) {
    return Objects.equals(stream.address(), endpoint(address));
  }

  /** A service without a mapping stays, and fails, until it has one again. */
  @Override
  String move(ServiceStream stream, @Nullable String address) {
    boolean mapped = stream.address() != null;
    stream.address(endpoint(address));
    if (address == null) {
      String text =
          "service "
              + stream.label()
              + ": no destination is mapped any more, connections are refused until one is";
      LOG.warn("{}: {} {}", name(), ErrorCode.SERVICES, text);
      stream.failure(TunnelFailure.of(ErrorCode.SERVICES, text));
      return "removed";
    }
    stream.failure(null);
    return (mapped ? "moved to " : "added at ") + stream.address();
  }

  @Override
  void remove(ServiceStream stream) {
    // A destination holds nothing for a service but its connections.
  }

  // --- the WebSocket ---

  @Override
  void onUp() {
    ended.clear();
  }

  @Override
  Duration grace() {
    return settings().destinationGrace();
  }
}
