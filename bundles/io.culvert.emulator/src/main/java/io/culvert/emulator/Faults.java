// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.emulator.relay.Client;
import io.culvert.emulator.relay.EndPoint;
import io.culvert.emulator.relay.HandshakeFault;
import io.culvert.emulator.relay.OnLoop;
import io.culvert.emulator.relay.Relay;
import io.culvert.emulator.shape.Outlet;
import io.culvert.emulator.shape.Reframing;
import io.culvert.wire.TunnelMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What can be made to go wrong at one end of a tunnel. Callable from any thread; each call is in
 * effect when it returns. What concerns the connected client throws {@link IllegalStateException}
 * if there is none, and is over when it is gone; all else stays for the clients that follow.
 */
public final class Faults {
  private final EventLoop loop;
  private final Relay relay;
  private final TunnelEnd end;

  Faults(EventLoop loop, Relay relay, TunnelEnd end) {
    this.loop = loop;
    this.relay = relay;
    this.end = end;
  }

  /** Closes the client's TCP connection without a close frame and without a TLS alert. */
  public Faults cut() {
    return onClient(Client::cut);
  }

  /** Resets the client's TCP connection. */
  public Faults reset() {
    return onClient(Client::reset);
  }

  /**
   * Sends the client a close frame and closes the connection.
   *
   * @param code the close code.
   * @param reason the reason, cut to the 123 bytes that fit.
   */
  public Faults close(int code, String reason) {
    return onClient(client -> client.close(code, reason));
  }

  /** Stops reading from the client until {@link #resume()}. */
  public Faults stallReads() {
    return onClient(Client::stallReads);
  }

  /** Stops writing to the client, pongs included, until {@link #resume()}. */
  public Faults stallWrites() {
    return onClient(Client::stallWrites);
  }

  /** Stops reading and writing until {@link #resume()}. */
  public Faults stall() {
    return stallReads().stallWrites();
  }

  /** Ends the stalls of the client. */
  public Faults resume() {
    return onClient(Client::resume);
  }

  /** Ends the stalls of the client, if there is one. */
  public Faults resumeIfConnected() {
    return onEnd(endPoint -> endPoint.client().ifPresent(Client::resume));
  }

  /**
   * Loses the client without a sign: nothing is read or written any more, frames for it are thrown
   * away, the socket stays open, and the other end hears nothing.
   */
  public Faults loseSilently() {
    return onClient(
        client -> {
          client.lose();
          relay.end(end).outlet().detach();
        });
  }

  /**
   * Turns the next handshakes with the tokens of this end away; the tokens are not used up.
   *
   * @param status the HTTP status, 0 to cut the connection instead.
   * @param count how many handshakes.
   */
  public Faults failHandshakes(int status, int count) {
    return failHandshakes(status, count, Map.of());
  }

  /**
   * Turns the next handshakes with the tokens of this end away; the tokens are not used up.
   *
   * @param status the HTTP status, 0 to cut the connection instead.
   * @param count how many handshakes.
   * @param headers further headers of the answer, such as {@code Retry-After}.
   */
  public Faults failHandshakes(int status, int count, Map<String, String> headers) {
    HandshakeFault fault = new HandshakeFault(status, headers);
    return onEnd(endPoint -> endPoint.failHandshakes(fault, count));
  }

  /**
   * Cuts the byte stream to this end into other WebSocket messages.
   *
   * @param mode how.
   * @param seed the same seed gives the same lengths, if the mode dices at all.
   */
  public Faults reframe(Reframing mode, long seed) {
    return onOutlet(outlet -> outlet.reframe(mode, seed));
  }

  /**
   * Limits the rate to this end.
   *
   * @param bytesPerSecond bytes of tunnel frames, 0 for no limit.
   */
  public Faults rate(long bytesPerSecond) {
    return onOutlet(outlet -> outlet.limitRate(bytesPerSecond));
  }

  /**
   * Delays every tunnel frame to this end; the order stays.
   *
   * @param delay the one-way delay.
   */
  public Faults delay(Duration delay) {
    return onOutlet(outlet -> outlet.delay(delay));
  }

  /**
   * Sets how much waits for this end, what is delayed included, before the other one is no longer
   * read. A single read from a socket may exceed it; what is in socket buffers is not counted.
   *
   * @param bytes bytes of tunnel frames, at least 1.
   */
  public Faults queueSize(int bytes) {
    return onOutlet(outlet -> outlet.limitQueue(bytes));
  }

  /**
   * Leaves pings without a pong, or answers them again.
   *
   * @param ignore whether to ignore them.
   */
  public Faults ignorePings(boolean ignore) {
    return onEnd(endPoint -> endPoint.ignorePings(ignore));
  }

  /**
   * Sends a message in the name of the service, and takes it over.
   *
   * @param message the message; it may break all rules of the protocol.
   */
  public Faults inject(TunnelMessage message) {
    try {
      return run(
          () -> {
            message.payload().retain();
            relay.inject(end, message);
          });
    } finally {
      message.release();
    }
  }

  /**
   * Sends one tunnel frame in the name of the service.
   *
   * @param message the bytes behind the length prefix, whatever they may be.
   */
  public Faults injectFrame(byte[] message) {
    ByteBuf prefix = Unpooled.buffer(Short.BYTES).writeShort(message.length);
    return run(
        () ->
            relay.injectBytes(end, Unpooled.wrappedBuffer(prefix, Unpooled.copiedBuffer(message))));
  }

  /**
   * Puts bytes into the byte stream to this end as they are, without a length prefix.
   *
   * @param bytes the bytes.
   */
  public Faults injectBytes(byte[] bytes) {
    return run(() -> relay.injectBytes(end, Unpooled.copiedBuffer(bytes)));
  }

  /**
   * Sends the client a WebSocket frame past all queues, and takes it over.
   *
   * @param frame the frame, for example a text frame or one that is too long.
   */
  public Faults injectWebSocketFrame(WebSocketFrame frame) {
    try {
      return onClient(client -> client.writeNow(frame.retain()));
    } finally {
      frame.release();
    }
  }

  /** Tells what goes wrong at this end now, a few words each; nothing if all is well. */
  public List<String> inForce() {
    return OnLoop.call(loop, () -> relay.end(end).faultsInForce());
  }

  private Faults onOutlet(Consumer<Outlet> action) {
    return onEnd(endPoint -> action.accept(endPoint.outlet()));
  }

  private Faults onClient(Consumer<Client> action) {
    return onEnd(
        endPoint ->
            action.accept(
                endPoint
                    .client()
                    .orElseThrow(() -> new IllegalStateException("no " + end + " is connected"))));
  }

  private Faults onEnd(Consumer<EndPoint> action) {
    return run(() -> action.accept(relay.end(end)));
  }

  private Faults run(Runnable action) {
    OnLoop.run(loop, action);
    return this;
  }
}
