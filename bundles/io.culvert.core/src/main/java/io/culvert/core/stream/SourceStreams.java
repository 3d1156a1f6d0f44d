// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelFailure;
import io.culvert.wire.TunnelMessage;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The source end: listens for local clients and starts streams and connections for them. Finds out
 * which version the destination speaks, unless it is told. Event loop only.
 */
public final class SourceStreams extends TunnelStreams {
  private static final Logger LOG = LoggerFactory.getLogger(SourceStreams.class);

  private final PeerVersion peer;
  private final Map<String, ServiceListener> listeners = new HashMap<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private boolean listened;
  private int lastStreamId = ThreadLocalRandom.current().nextInt(1 << 20);

  /**
   * Makes the streams of a tunnel; nothing happens before {@link #up}.
   *
   * @param mappings listen addresses by service id.
   * @param forced the version to speak, null to find out.
   */
  SourceStreams(
      StreamContext context,
      StreamsListener listener,
      ServiceMappings mappings,
      @Nullable Dialect forced) {
    super(context, listener, mappings);
    this.peer = new PeerVersion(context.name(), forced, listener);
  }

  // --- local clients ---

  private void accepted(ServiceStream stream, Channel client) {
    if (isReady()) {
      start(stream, client);
    } else if (settings().queueWhileDown() && waiting.size() < settings().backlog()) {
      LOG.debug("{}: {}: waits for the tunnel", name(), stream.serviceId());
      waiting.add(new Waiting(stream, client));
    } else {
      LOG.debug("{}: {}: refused, the tunnel is down", name(), stream.serviceId());
      Connection.reset(client);
    }
  }

  private void start(ServiceStream stream, Channel client) {
    Dialect dialect = stream.spoken();
    if ((!dialect.multiplexes() && isTaken(stream)) || !traffic().makeRoom()) {
      LOG.debug("{}: {}: refused, no connection is free", name(), stream.serviceId());
      Connection.reset(client);
      return;
    }
    int id = Dialect.FIRST_CONNECTION;
    if (stream.isActive()) {
      id = stream.nextConnectionId();
      outbox().control(stream.start(id));
    } else {
      stream.begin(nextStreamId(), dialect);
      outbox().control(stream.start());
    }
    newConnection(stream, id).opened(client);
  }

  /** Tells whether the only connection is taken; ends one that just waits for its last bytes. */
  private static boolean isTaken(ServiceStream stream) {
    for (Connection connection : stream.connections()) {
      if (!connection.isHalfClosed()) {
        return true;
      }
      connection.finish();
    }
    return false;
  }

  private int nextStreamId() {
    lastStreamId = lastStreamId == Integer.MAX_VALUE ? 1 : lastStreamId + 1;
    return lastStreamId;
  }

  // --- messages ---

  /** Resets the service: a destination must not start streams (V3 guide, "StreamStart"). */
  @Override
  void streamStart(TunnelMessage message) {
    countDropped();
    ServiceStream stream = services().of(message);
    if (stream != null && stream.isActive()) {
      outbox().control(stream.reset());
      endByPeer(stream);
    }
  }

  /** Resets the connection: a destination must not start one (V3 guide, "ConnectionStart"). */
  @Override
  void connectionStart(TunnelMessage message) {
    countDropped();
    ServiceStream stream = services().of(message);
    Connection connection =
        stream == null || stream.streamId() != message.streamId()
            ? null
            : stream.connection(message.connectionId());
    if (connection != null) {
      connection.finish();
    }
  }

  @Override
  void unknown(TunnelMessage message, @Nullable ServiceStream stream) {
    LOG.trace("{}: dropped {}", name(), message);
  }

  @Override
  void heard(ServiceStream stream, TunnelMessage message) {
    peer.heard(stream, message);
  }

  // --- services ---

  @Override
  Set<String> used(Set<String> announced) {
    if (peer.session().namesServices() || announced.size() == 1) {
      return announced;
    }
    if (mappings().hasUnnamed() || services().get("") != null) {
      return Set.of("");
    }
    String only = peer.onlyService();
    return only == null ? announced : Set.of(only);
  }

  /** Mappings choose the one service of V1, but not while it is served. */
  @Override
  Set<String> usedAfterwards(Set<String> announced) {
    return services().ids();
  }

  @Override
  @Nullable TunnelFailure misfit(Set<String> announced, Set<String> wanted) {
    if (!peer.session().namesServices() && wanted.size() > 1) {
      return TunnelFailure.of(
          ErrorCode.SERVICES,
          "V1 carries one service but the tunnel has "
              + wanted
              + ": map one listen address without a service id");
    }
    return mappings().unused(announced, wanted, settings().strictServices(), name());
  }

  @Override
  void add(ServiceStream stream, Set<String> all) {
    stream.speak(peer.session());
    listen(stream, mappings().address(stream.serviceId(), all)).start();
  }

  private ServiceListener listen(ServiceStream stream, @Nullable String address) {
    ServiceListener listener =
        new ServiceListener(
            context(), stream, address, client -> accepted(stream, client), this::listenerChanged);
    listeners.put(stream.serviceId(), listener);
    return listener;
  }

  /**
   * A tunnel that could never listen for anything is of no use. One that could before its mappings
   * were changed waits for another change.
   */
  private void listenerChanged() {
    listened |= services().all().stream().anyMatch(stream -> stream.address() != null);
    TunnelFailure failure = null;
    for (ServiceListener each : listeners.values()) {
      failure = each.givenUp();
      if (failure == null) {
        break;
      }
    }
    if (failure == null || listened) {
      listener().changed();
    } else {
      listener().failed(failure);
    }
  }

  @Override
  boolean isAt(ServiceStream stream, @Nullable String address) {
    ServiceListener listener = listeners.get(stream.serviceId());
    return listener != null && listener.isFor(address);
  }

  @Override
  String move(ServiceStream stream, @Nullable String address) {
    if (mappings().keepEstablished()) {
      closeListener(stream);
    } else {
      remove(stream);
    }
    stream.failure(null);
    ServiceListener listener = listen(stream, address);
    listener.startSoon();
    return "moved to " + listener.place();
  }

  private void closeListener(ServiceStream stream) {
    ServiceListener listener = listeners.remove(stream.serviceId());
    if (listener != null) {
      listener.close();
    }
  }

  @Override
  void remove(ServiceStream stream) {
    closeListener(stream);
    for (Waiting next : List.copyOf(waiting)) {
      if (next.stream == stream) {
        waiting.remove(next);
        Connection.reset(next.client);
      }
    }
  }

  // --- the WebSocket ---

  @Override
  void onUp() {
    peer.up();
    services().all().forEach(stream -> stream.speak(peer.session()));
  }

  @Override
  void onReady() {
    super.onReady();
    while (isReady() && !waiting.isEmpty()) {
      Waiting next = waiting.remove();
      if (next.client.isActive()) {
        accepted(next.stream, next.client);
      }
    }
  }

  @Override
  void onEnded(ServiceStream stream, int connection) {
    peer.forgetGuess(stream);
  }

  @Override
  Duration grace() {
    return settings().sourceGrace();
  }

  private record Waiting(ServiceStream stream, Channel client) {}
}
