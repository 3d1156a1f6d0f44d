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

  private final ServiceMappings mappings;
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
    super(context, listener);
    this.mappings = mappings;
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
    if (!stream.isActive()) {
      // The source's stream is older than this process or WebSocket: adopt it.
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
    } else if (ended.add(stream.serviceId(), message.streamId(), WHOLE_STREAM)) {
      // None of the stream's connections exist here, those included that are silent now.
      outbox().control(dialectOf(message).streamReset(message.serviceId(), message.streamId()));
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
    boolean room = traffic().hasRoom();
    Connection connection = newConnection(stream, id);
    String endpoint = stream.address();
    if (!room || endpoint == null) {
      LOG.debug("{}: {}: refused, no connection is free", name(), connection);
      connection.unreachable();
      return;
    }
    new LocalConnector(context(), LocalEndpoint.parse(endpoint), connection)
        .start(
            () -> stream.failure(null),
            reason -> {
              String text = "service " + stream.serviceId() + ": " + endpoint + ": " + reason;
              LOG.warn("{}: {} {}", name(), ErrorCode.DESTINATION, text);
              stream.failure(TunnelFailure.of(ErrorCode.DESTINATION, text));
              listener().changed();
            });
  }

  @Override
  void onEnded(ServiceStream stream, int connection) {
    boolean more = stream.spoken().multiplexes();
    ended.add(stream.serviceId(), stream.streamId(), more ? connection : WHOLE_STREAM);
  }

  // --- services ---

  /** Adds the service that streams without a service id go to, if there is a mapping for it. */
  @Override
  Set<String> used(Set<String> announced) {
    if (announced.size() == 1 || !mappings.hasUnnamed()) {
      return announced;
    }
    Set<String> used = new LinkedHashSet<>(announced);
    used.add("");
    return used;
  }

  @Override
  @Nullable TunnelFailure misfit(Set<String> announced, Set<String> wanted) {
    List<String> missing = new ArrayList<>();
    for (String service : wanted) {
      if (mappings.address(service, wanted) == null) {
        missing.add(service.isEmpty() ? "(without id)" : service);
      }
    }
    if (!missing.isEmpty()) {
      return TunnelFailure.of(
          ErrorCode.SERVICES,
          "no destination is mapped for service "
              + String.join(", ", missing)
              + " of the tunnel; mapped: "
              + mappings.describe());
    }
    return mappings.unused(announced, wanted, settings().strictServices(), name());
  }

  @Override
  void add(ServiceStream stream, Set<String> all) {
    String address = mappings.address(stream.serviceId(), all);
    stream.address(address == null ? null : LocalEndpoint.parse(address).toString());
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
  void onReady() {
    // The source speaks first.
  }

  @Override
  Duration grace() {
    return settings().destinationGrace();
  }
}
