// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.relay;

import io.culvert.emulator.relay.ReadGate.Reason;
import io.culvert.emulator.shape.Exit;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One open WebSocket, as seen from the relay: writes, pauses, and all the ways to end it. Confined
 * to the event loop.
 */
public final class Client implements Exit {
  /** How long a client has to answer a close frame before its connection is closed anyway. */
  private static final long CLOSE_SECONDS = 2;

  /** What fits into a close frame beside the code (RFC 6455, section 5.5). */
  private static final int MAX_CLOSE_REASON = 123;

  private final Channel channel;
  private final ReadGate gate;
  private boolean writesStalled;
  private boolean closing;
  private @Nullable ClientListener listener;

  Client(Channel channel) {
    this.channel = channel;
    this.gate = new ReadGate(channel);
  }

  /** Has a listener told when the client takes bytes again and when it is on its way out. */
  void listener(ClientListener newListener) {
    listener = newListener;
  }

  /** Stops reading what the client sends. */
  public void stallReads() {
    gate.close(Reason.STALLED);
  }

  /** Stops writing to the client. */
  public void stallWrites() {
    writesStalled = true;
  }

  /** Ends stalls of both kinds. */
  public void resume() {
    writesStalled = false;
    gate.open(Reason.STALLED);
    if (listener != null) {
      listener.writable();
    }
  }

  /** Neither reads nor writes from now on; the socket stays open. */
  public void lose() {
    gate.close(Reason.LOST);
  }

  List<String> faultsInForce() {
    if (isLost()) {
      return List.of("lost");
    }
    boolean readsStalled = gate.isClosedFor(Reason.STALLED);
    if (readsStalled && writesStalled) {
      return List.of("stalled");
    }
    if (readsStalled) {
      return List.of("not read");
    }
    return writesStalled ? List.of("not written to") : List.of();
  }

  boolean isLost() {
    return gate.isClosedFor(Reason.LOST);
  }

  boolean isClosing() {
    return closing;
  }

  void pauseForOtherEnd() {
    if (!closing) {
      gate.close(Reason.OTHER_END_FULL);
    }
  }

  void resumeForOtherEnd() {
    gate.open(Reason.OTHER_END_FULL);
  }

  @Override
  public boolean isWritable() {
    return !closing && !writesStalled && !isLost() && channel.isWritable();
  }

  @Override
  public void write(ByteBuf message) {
    channel.write(new BinaryWebSocketFrame(message), channel.voidPromise());
  }

  @Override
  public void flush() {
    channel.flush();
  }

  /** Sends a WebSocket frame past all queues, and takes it over; drops it if writes are stalled. */
  public void writeNow(WebSocketFrame frame) {
    if (closing || writesStalled || isLost()) {
      frame.release();
    } else {
      channel.writeAndFlush(frame, channel.voidPromise());
    }
  }

  /** Closes the TCP connection without a close frame and without a TLS alert. */
  public void cut() {
    leave();
    // Starting behind the TLS handler keeps it from saying good-bye.
    channel.pipeline().firstContext().close();
  }

  /** Resets the TCP connection. */
  public void reset() {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    cut();
  }

  /**
   * Sends a close frame and closes the connection when the client has answered, or after a while.
   *
   * @param code the close code.
   * @param reason the reason, cut to what fits.
   */
  public void close(int code, String reason) {
    if (closing) {
      return;
    }
    if (isLost()) {
      cut();
      return;
    }
    leave();
    CloseWebSocketFrame frame = new CloseWebSocketFrame(true, 0, code, fitting(reason));
    channel.writeAndFlush(frame, channel.voidPromise());
    ScheduledFuture<?> giveUp =
        channel.eventLoop().schedule(this::cut, CLOSE_SECONDS, TimeUnit.SECONDS);
    channel.closeFuture().addListener(closed -> giveUp.cancel(false));
    // What is still under way from the client must be read, or the close would become a reset.
    gate.openForGood();
  }

  /** Answers the client's close frame, which is taken over, and closes the connection. */
  void closeByClient(CloseWebSocketFrame echo) {
    leave();
    channel.writeAndFlush(echo).addListener(written -> channel.close());
  }

  private void leave() {
    if (!closing) {
      closing = true;
      if (listener != null) {
        listener.gone();
      }
    }
  }

  private static String fitting(String reason) {
    StringBuilder fitting = new StringBuilder();
    int bytes = 0;
    for (int codePoint : reason.codePoints().toArray()) {
      String character = Character.toString(codePoint);
      bytes += character.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_CLOSE_REASON) {
        break;
      }
      fitting.append(character);
    }
    return fitting.toString();
  }
}
