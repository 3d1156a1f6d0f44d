// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.wire.MessageType;
import io.culvert.wire.TunnelMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which version the destination of a source speaks: what was said, else V3 until it shows another
 * one (docs/protocol.md, "Versions"). Event loop only.
 */
final class PeerVersion {
  private static final Logger LOG = LoggerFactory.getLogger(PeerVersion.class);

  private final String tunnel;
  private final @Nullable Dialect forced;
  private final StreamsListener listener;
  private Dialect session = Dialect.V3;
  private @Nullable String onlyService;
  private @Nullable String verdict;

  /**
   * Makes one that has heard nothing.
   *
   * @param tunnel the tunnel's name, for the log.
   * @param forced the version, null to find out.
   * @param listener is asked for another WebSocket if this one cannot go on.
   */
  PeerVersion(String tunnel, @Nullable Dialect forced, StreamsListener listener) {
    this.tunnel = tunnel;
    this.forced = forced;
    this.listener = listener;
  }

  /** Begins a WebSocket: a verdict on V1 is good for the next one only. */
  void up() {
    onlyService = verdict;
    verdict = null;
    session = forced != null ? forced : onlyService != null ? Dialect.V1 : Dialect.V3;
  }

  /** Returns what streams begin with in this WebSocket. */
  Dialect session() {
    return session;
  }

  /** Returns the service that the verdict on V1 came from; null if there is none. */
  @Nullable String onlyService() {
    return onlyService;
  }

  /** Looks for evidence of an older peer in a message that is not handled yet. */
  void heard(ServiceStream stream, TunnelMessage message) {
    if (forced != null) {
      return;
    }
    if (!stream.isCurrent(message.streamId())) {
      if (message.connectionId() != 0 && !stream.isActive()) {
        forgetGuess(stream);
      }
      return;
    }
    if (message.connectionId() != 0) {
      stream.peerNumbers();
    }
    Dialect spoken = stream.spoken();
    if (spoken == Dialect.V1) {
      return;
    }
    if (message.serviceId().isEmpty() && !stream.serviceId().isEmpty()) {
      if (verdict == null) {
        verdict = stream.serviceId();
        listener.reconnect("the destination speaks V1");
      }
    } else if (message.type() == MessageType.STREAM_RESET) {
      if (spoken.multiplexes() && stream.multiplexesInVain()) {
        stream.guess(Dialect.V2);
      } else {
        stream.speak(Dialect.V3);
      }
    } else if (spoken.multiplexes() && message.connectionId() == 0) {
      LOG.info("{}: {}: the destination speaks V2", tunnel, stream.serviceId());
      speakV2(stream);
    }
  }

  /** The first connection stays. */
  private static void speakV2(ServiceStream stream) {
    for (Connection connection : stream.connections()) {
      if (connection.id() != Dialect.FIRST_CONNECTION) {
        stream.remove(connection);
        connection.abort();
      }
    }
    stream.speak(Dialect.V2);
  }

  /** Tries anew what was only guessed, from the next stream on. */
  void forgetGuess(ServiceStream stream) {
    if (stream.isGuess()) {
      stream.speak(session);
    }
  }
}
