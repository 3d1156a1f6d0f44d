// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import static io.culvert.core.websocket.Frames.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.config.Printable;
import io.culvert.core.net.LoopbackChannel;
import io.culvert.wire.TunnelMessage;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of what a link was given has not been sent, without a network and over a socket. */
class UnsentLimitTest extends LinkFixture {
  private static final int UNSENT = 16 << 10;

  @Test
  void linkIsWritableBelowTheLimitAndAgainBelowItsHalf() {
    link.setUnsentLimit(10_000);
    assertThat(link.unsentBytes()).isZero();
    while (link.isWritable()) {
      assertThat(link.unsentBytes()).isLessThan(10_000);
      link.write(TunnelMessage.data("SSH", 1, 1, withRoom(payload(500))));
    }
    assertThat(link.unsentBytes()).isBetween(10_000L, 11_000L);
    assertThat(listener.writable).isZero();

    link.flush();

    assertThat(link.unsentBytes()).isZero();
    assertThat(listener.writable).isEqualTo(1);
    assertThat(link.isWritable()).isTrue();
    channel.releaseOutbound();
  }

  @Test
  void anotherLimitCountsFromTheNextMessageOn() {
    link.write(TunnelMessage.data("SSH", 1, 1, withRoom(payload(3000))));
    link.setUnsentLimit(1000);
    assertThat(link.isWritable()).isTrue();
    link.write(TunnelMessage.data("SSH", 1, 1, withRoom(payload(1))));
    assertThat(link.isWritable()).isFalse();

    link.setUnsentLimit(20_000);
    link.flush();

    assertThat(link.isWritable()).isTrue();
    assertThat(listener.writable).isEqualTo(1);
    channel.releaseOutbound();
  }

  @Test
  void nothingIsUnsentOnAClosedChannel() {
    link.write(TunnelMessage.data("SSH", 1, 1, withRoom(payload(3000))));
    channel.close();

    assertThat(link.unsentBytes()).isZero();
  }

  /** The other end takes nothing until it is told to; what the kernel takes meanwhile varies. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatTheKernelDoesNotTakeIsUnsentUntilTheOtherEndReads(boolean nativeTransport)
      throws Exception {
    try (LoopbackChannel loopback = new LoopbackChannel(nativeTransport)) {
      Channel socket = loopback.channel();
      EventLoop loop = socket.eventLoop();
      Writer writer = new Writer();
      loop.submit(() -> writer.open(socket)).sync();
      try (Socket other = loopback.accept()) {
        loop.submit(writer::fill).sync();
        assertThat(loop.submit(writer::stop).get()).isGreaterThanOrEqualTo(UNSENT / 2);

        CompletableFuture<Long> read = CompletableFuture.supplyAsync(() -> drain(other));
        assertThat(writer.again.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(loop.submit(writer::unsent).get()).isLessThan(UNSENT / 2);
        socket.close().sync();
        assertThat(read.get(20, TimeUnit.SECONDS)).isGreaterThan(UNSENT);
      }
    }
  }

  private static long drain(Socket socket) {
    try {
      return socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes whenever the link is writable, until it is stopped. Event loop only. */
  private static final class Writer extends Listener {
    final CountDownLatch again = new CountDownLatch(1);
    private WebSocketLink link;
    private boolean stopped;

    void open(Channel socket) {
      link = WebSocketLink.open(socket, new Printable(), Duration.ofSeconds(20), this);
      link.setUnsentLimit(UNSENT);
      Long kernelLimit = socket.config().getOption(EpollChannelOption.TCP_NOTSENT_LOWAT);
      assertThat(kernelLimit).isIn((long) UNSENT, null);
    }

    void fill() {
      while (link.isWritable()) {
        link.write(TunnelMessage.data("SSH", 1, 1, Unpooled.wrappedBuffer(new byte[1000])));
        link.flush();
      }
    }

    /** Returns how much is unsent then. */
    long stop() {
      assertThat(link.isWritable()).isFalse();
      stopped = true;
      return unsent();
    }

    long unsent() {
      return link.unsentBytes();
    }

    @Override
    public void writable() {
      if (stopped) {
        again.countDown();
      } else {
        fill();
      }
    }
  }
}
