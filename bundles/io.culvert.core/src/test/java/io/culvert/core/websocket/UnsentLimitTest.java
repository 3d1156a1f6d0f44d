// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.TunnelFailure;
import io.culvert.core.net.Transport;
import io.culvert.wire.TunnelMessage;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollChannelOption;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A link over a socket, whose other end takes nothing until it is told to. */
class UnsentLimitTest implements LinkListener {
  private static final int LIMIT = 16 << 10;

  private final CountDownLatch writable = new CountDownLatch(1);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatTheKernelDoesNotTakeIsUnsentUntilTheOtherEndReads(boolean nativeTransport)
      throws Exception {
    Transport transport = new Transport(1, nativeTransport);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Channel channel =
          new Bootstrap()
              .group(transport.nextLoop())
              .channel(transport.tcpChannel())
              .handler(new ChannelInboundHandlerAdapter())
              .connect(server.getLocalSocketAddress())
              .sync()
              .channel();
      WebSocketLink link = channel.eventLoop().submit(() -> open(channel)).get();
      try (Socket other = server.accept()) {
        channel.eventLoop().submit(() -> fill(link)).sync();
        assertThat(link.isWritable()).isFalse();
        assertThat(link.unsentBytes()).isGreaterThanOrEqualTo(LIMIT);

        CompletableFuture<Long> read = CompletableFuture.supplyAsync(() -> drain(other));
        assertThat(writable.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(channel.eventLoop().submit(link::unsentBytes).get()).isLessThan(LIMIT / 2);
        channel.close().sync();
        assertThat(read.get(20, TimeUnit.SECONDS)).isGreaterThan(LIMIT);
      }
    } finally {
      transport.close().sync();
    }
  }

  private WebSocketLink open(Channel channel) {
    WebSocketLink link = WebSocketLink.open(channel, Duration.ofSeconds(20), this);
    link.setUnsentLimit(LIMIT);
    Long kernelLimit = channel.config().getOption(EpollChannelOption.TCP_NOTSENT_LOWAT);
    assertThat(kernelLimit).isIn((long) LIMIT, null);
    return link;
  }

  private static long drain(Socket socket) {
    try {
      return socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(WebSocketLink link) {
    while (link.isWritable()) {
      link.write(TunnelMessage.data("SSH", 1, 1, Unpooled.wrappedBuffer(new byte[1000])));
      link.flush();
    }
  }

  @Override
  public void received(TunnelMessage message) {
    message.release();
  }

  @Override
  public void receiveComplete() {}

  @Override
  public void writable() {
    writable.countDown();
  }

  @Override
  public void measured(Duration roundTrip) {}

  @Override
  public void lost(TunnelFailure failure) {}
}
