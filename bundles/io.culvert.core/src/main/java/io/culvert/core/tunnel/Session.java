// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelFailure;
import io.culvert.core.config.TunnelSettings;
import io.culvert.core.connect.TunnelLink;
import io.culvert.core.stream.TunnelStreams;
import io.culvert.core.websocket.LinkListener;
import io.culvert.core.websocket.WebSocketLink;
import io.culvert.wire.TunnelMessage;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One WebSocket of a tunnel, from the upgrade until it is lost or closed: what comes goes to the
 * streams, and the service has to name its services in time. Event loop only; owns the WebSocket.
 */
final class Session implements LinkListener {
  /** A connection that lasted this long was of use even if nobody used it. */
  private static final Duration USEFUL = Duration.ofSeconds(30);

  private final TunnelStreams streams;
  private final EventLoop loop;
  private final Listener listener;
  private final boolean announcesServices;
  private final WebSocketLink link;
  private final Future<?> servicesTimer;
  private final long upSince;
  private final long movedBefore;

  /**
   * Takes over a WebSocket; nothing is read from it before {@link #begin()}.
   *
   * @param made the WebSocket.
   * @param settings the settings in force now.
   */
  Session(
      TunnelLink made,
      TunnelStreams streams,
      EventLoop loop,
      TunnelSettings settings,
      Listener listener) {
    this.streams = streams;
    this.loop = loop;
    this.listener = listener;
    this.announcesServices = !made.subprotocol().endsWith("-1.0");
    this.upSince = loop.ticker().nanoTime();
    this.movedBefore = streams.moved();
    this.link = WebSocketLink.open(made.channel(), made.printable(), settings.pingPeriod(), this);
    Duration limit = settings.servicesTimeout();
    this.servicesTimer =
        loop.schedule(() -> servicesOverdue(limit), limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** What the tunnel hears of its WebSocket. */
  interface Listener {
    /** A ping was answered. */
    void measured(Duration roundTrip);

    /** The WebSocket is gone, but not because it was closed here; the streams do not know yet. */
    void lost(TunnelFailure why);
  }

  /** Lets the streams use it. */
  void begin() {
    streams.up(link, announcesServices);
  }

  /** The services are known. */
  void ready() {
    servicesTimer.cancel(false);
  }

  void pingEvery(Duration period) {
    link.pingEvery(period);
  }

  /** Ends it with a close frame; the listener hears nothing any more. */
  void close() {
    servicesTimer.cancel(false);
    link.close(WebSocketCloseStatus.NORMAL_CLOSURE);
  }

  /** Tells whether it brought anything, or lasted. */
  boolean wasUseful() {
    return streams.moved() != movedBefore || loop.ticker().nanoTime() - upSince >= USEFUL.toNanos();
  }

  private void servicesOverdue(Duration limit) {
    close();
    listener.lost(
        TunnelFailure.of(
            ErrorCode.TIMEOUT,
            "the service did not name the services of the tunnel within "
                + limit.toMillis()
                + " ms"));
  }

  @Override
  public void received(TunnelMessage message) {
    streams.receive(message);
  }

  @Override
  public void receiveComplete() {
    streams.receiveComplete();
  }

  @Override
  public void writable() {
    streams.writable();
  }

  @Override
  public void measured(Duration roundTrip) {
    listener.measured(roundTrip);
  }

  @Override
  public void lost(TunnelFailure why) {
    servicesTimer.cancel(false);
    listener.lost(why);
  }
}
