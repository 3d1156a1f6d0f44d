// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.config.HostPort;
import io.culvert.core.config.LocalEndpoint;
import io.culvert.core.config.StreamSettings;
import io.culvert.core.net.Failures;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects one connection of a stream to its local application: each address of the host in turn,
 * and all of them again after a while, as often as configured. Never blocks; ends by itself when
 * the connection is closed meanwhile. Event loop only.
 */
final class LocalConnector {
  private static final Logger LOG = LoggerFactory.getLogger(LocalConnector.class);

  private final StreamContext context;
  private final LocalEndpoint endpoint;
  private final Connection connection;
  private int failures;
  private Runnable connected = () -> {};
  private Consumer<String> unreachable = reason -> {};

  LocalConnector(StreamContext context, LocalEndpoint endpoint, Connection connection) {
    this.context = context;
    this.endpoint = endpoint;
    this.connection = connection;
  }

  /**
   * Begins to connect.
   *
   * @param connected runs when it is connected.
   * @param unreachable hears why the last of all attempts failed.
   */
  void start(Runnable connected, Consumer<String> unreachable) {
    this.connected = connected;
    this.unreachable = unreachable;
    attempt();
  }

  private void attempt() {
    if (connection.isClosed()) {
      return;
    }
    if (endpoint instanceof LocalEndpoint.Unix unix) {
      SocketAddress address = context.transport().unixAddress(unix.path());
      connect(bootstrap(context.transport().unixChannel()), List.of(address).iterator());
    } else if (endpoint instanceof LocalEndpoint.Tcp tcp) {
      resolve(tcp.address());
    }
  }

  private void resolve(HostPort target) {
    String bind = context.settings().get().bindAddress();
    resolve(
        target.host(),
        addresses -> {
          List<SocketAddress> remote = new ArrayList<>();
          addresses.forEach(a -> remote.add(new InetSocketAddress(a, target.port())));
          Bootstrap bootstrap =
              bootstrap(context.transport().tcpChannel())
                  .option(ChannelOption.TCP_NODELAY, true)
                  .option(ChannelOption.SO_KEEPALIVE, true);
          if (bind == null) {
            connect(bootstrap, remote.iterator());
          } else {
            resolve(
                bind,
                locals -> connect(bootstrap.localAddress(locals.get(0), 0), remote.iterator()));
          }
        });
  }

  private void resolve(String host, Consumer<List<InetAddress>> then) {
    long limit = context.settings().get().connectTimeout().toMillis();
    Future<List<InetAddress>> lookUp = context.resolver().resolve(host, context.loop());
    Future<?> timeout =
        context.loop().schedule(() -> lookUp.cancel(false), limit, TimeUnit.MILLISECONDS);
    lookUp.addListener(
        (Future<List<InetAddress>> found) -> {
          timeout.cancel(false);
          if (found.isSuccess()) {
            then.accept(found.getNow());
          } else if (found.isCancelled()) {
            failed("no answer to the look-up of " + host + " within " + limit + " ms");
          } else {
            failed("unknown host " + host);
          }
        });
  }

  private Bootstrap bootstrap(Class<? extends Channel> type) {
    StreamSettings settings = context.settings().get();
    return new Bootstrap()
        .group(context.loop())
        .channel(type)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                ChunkReader.install(channel, settings.chunkBytes());
              }
            })
        .option(ChannelOption.ALLOCATOR, context.transport().allocator())
        .option(ChannelOption.SO_SNDBUF, Delivery.SEND_BUFFER)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.connectTimeout().toMillis());
  }

  private void connect(Bootstrap bootstrap, Iterator<SocketAddress> addresses) {
    if (connection.isClosed()) {
      return;
    }
    bootstrap
        .connect(addresses.next())
        .addListener(
            (ChannelFuture done) -> {
              if (done.isSuccess()) {
                connected.run();
                connection.opened(done.channel());
              } else if (addresses.hasNext()) {
                connect(bootstrap, addresses);
              } else {
                failed(Failures.describe(done.cause()));
              }
            });
  }

  private void failed(String reason) {
    failures++;
    StreamSettings settings = context.settings().get();
    if (connection.isClosed()) {
      return;
    }
    boolean last = settings.retryCount() >= 0 && failures > settings.retryCount();
    if (last || !connection.isLive()) {
      // Once the peer has ended it, what it sent is of no use to an application that comes later.
      unreachable.accept(reason);
      connection.unreachable();
      return;
    }
    LOG.debug("{}: {}: {}, trying again", context.name(), connection, reason);
    context.loop().schedule(this::attempt, settings.retryDelay().toNanos(), TimeUnit.NANOSECONDS);
  }
}
