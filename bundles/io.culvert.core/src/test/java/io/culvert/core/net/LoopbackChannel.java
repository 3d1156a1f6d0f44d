// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A channel that is connected to a socket of this machine, on a transport of its own. */
public final class LoopbackChannel implements AutoCloseable {
  private final Transport transport;
  private final ServerSocket server;
  private final Channel channel;

  public LoopbackChannel(boolean nativeTransport) throws Exception {
    transport = new Transport(1, nativeTransport);
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    channel =
        new Bootstrap()
            .group(transport.nextLoop())
            .channel(transport.tcpChannel())
            .handler(new ChannelInboundHandlerAdapter())
            .connect(server.getLocalSocketAddress())
            .sync()
            .channel();
  }

  public Transport transport() {
    return transport;
  }

  public Channel channel() {
    return channel;
  }

  /** Returns the other end. */
  public Socket accept() throws IOException {
    return server.accept();
  }

  @Override
  public void close() throws Exception {
    server.close();
    transport.close().sync();
  }
}
