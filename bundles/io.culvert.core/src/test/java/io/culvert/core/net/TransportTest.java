// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {
  /**
   * On the loop itself the end comes at the worst moment: behind the look for whether it is near.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void channelsAreClosedWheneverTheEndComes(boolean nativeTransport) throws Exception {
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

      channel.eventLoop().execute(transport::close);

      assertThat(channel.eventLoop().terminationFuture().await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(channel.isOpen()).isFalse();
    }
  }
}
