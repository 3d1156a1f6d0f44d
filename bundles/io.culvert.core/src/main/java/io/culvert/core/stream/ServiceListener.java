// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelFailure;
import io.culvert.config.HostPort;
import io.culvert.core.config.StreamSettings;
import io.culvert.core.net.Failures;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for the local clients of one service, and tries again while it cannot. Event loop only.
 */
final class ServiceListener {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceListener.class);

  private final StreamContext context;
  private final ServiceStream stream;
  private final HostPort address;
  private final Consumer<Channel> clients;
  private final Runnable changed;
  private @Nullable Channel channel;
  private @Nullable Future<?> retry;
  private int failures;
  private @Nullable TunnelFailure givenUp;
  private boolean closed;

  /**
   * Makes a listener that does not listen yet.
   *
   * @param configured the listen address, null for an ephemeral port.
   * @param clients takes over each accepted channel, which is not read yet.
   * @param changed runs when the address or its failure has changed.
   */
  ServiceListener(
      StreamContext context,
      ServiceStream stream,
      @Nullable String configured,
      Consumer<Channel> clients,
      Runnable changed) {
    this.context = context;
    this.stream = stream;
    this.clients = clients;
    this.changed = changed;
    this.address = parse(context, configured);
  }

  private static HostPort parse(StreamContext context, @Nullable String configured) {
    String bind = context.settings().get().bindAddress();
    String host = bind == null ? "localhost" : bind;
    return configured == null ? new HostPort(host, 0) : HostPort.parse(configured, host, -1);
  }

  /** Tells whether a listener that is made now, for this address, would be the same. */
  boolean isFor(@Nullable String other) {
    return address.equals(parse(context, other));
  }

  /** Returns where it listens or will listen, in words. */
  String place() {
    return address.port() == 0
        ? "a port of the system's choice on " + address.host()
        : address.toString();
  }

  /** Starts in a moment: NIO gives a closed port back only when its event loop has selected. */
  void startSoon() {
    retry = context.loop().schedule(this::start, 1, TimeUnit.MILLISECONDS);
  }

  void start() {
    context
        .resolver()
        .resolve(address.host(), context.loop())
        .addListener(
            (Future<List<InetAddress>> found) -> {
              if (closed) {
                return;
              }
              if (found.isSuccess()) {
                bind(new InetSocketAddress(found.getNow().get(0), address.port()));
              } else {
                failed("no such address");
              }
            });
  }

  private void bind(InetSocketAddress local) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(context.loop())
            .channel(context.transport().tcpServerChannel())
            .option(ChannelOption.SO_BACKLOG, context.settings().get().backlog())
            .option(ChannelOption.ALLOCATOR, context.transport().allocator())
            .childOption(ChannelOption.ALLOCATOR, context.transport().allocator())
            .childOption(ChannelOption.SO_SNDBUF, Delivery.SEND_BUFFER)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(new Accepted(clients, context.settings()));
    bootstrap
        .bind(local)
        .addListener(
            (ChannelFuture bound) -> {
              if (closed) {
                bound.channel().close();
              } else if (!bound.isSuccess()) {
                failed(Failures.describe(bound.cause()));
              } else {
                bound(bound.channel());
              }
            });
  }

  private void bound(Channel listening) {
    channel = listening;
    InetSocketAddress local = (InetSocketAddress) listening.localAddress();
    String place = new HostPort(local.getAddress().getHostAddress(), local.getPort()).toString();
    if (local.getAddress().isLoopbackAddress()) {
      LOG.info("{}: service {} listens on {}", context.name(), stream.label(), place);
    } else {
      LOG.warn(
          "{}: service {} listens on {}: whoever reaches it reaches the service",
          context.name(),
          stream.label(),
          place);
    }
    stream.address(place);
    stream.failure(null);
    changed.run();
  }

  private void failed(String reason) {
    failures++;
    StreamSettings settings = context.settings().get();
    boolean again = settings.retryCount() < 0 || failures <= settings.retryCount();
    String message =
        "service "
            + stream.serviceId()
            + ": cannot listen on "
            + address
            + ": "
            + reason
            + (again
                ? ", trying again in " + settings.retryDelay().toMillis() + " ms"
                : ", given up after " + failures + " attempts");
    TunnelFailure failure = TunnelFailure.of(ErrorCode.LISTEN, message);
    LOG.warn("{}: {}", context.name(), failure);
    stream.failure(failure);
    if (again) {
      retry =
          context
              .loop()
              .schedule(this::start, settings.retryDelay().toNanos(), TimeUnit.NANOSECONDS);
    } else {
      givenUp = failure;
    }
    changed.run();
  }

  /** Returns why it does not try any more; null while it listens or will. */
  @Nullable TunnelFailure givenUp() {
    return givenUp;
  }

  void close() {
    closed = true;
    if (retry != null) {
      retry.cancel(false);
    }
    if (channel != null) {
      channel.close();
    }
    stream.address(null);
  }

  @ChannelHandler.Sharable
  private static final class Accepted extends ChannelInboundHandlerAdapter {
    private final Consumer<Channel> clients;
    private final Supplier<StreamSettings> settings;

    private Accepted(Consumer<Channel> clients, Supplier<StreamSettings> settings) {
      this.clients = clients;
      this.settings = settings;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
      ChunkReader.install(ctx.channel(), settings.get().chunkBytes());
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      Channel client = ctx.channel();
      ctx.pipeline().remove(this);
      clients.accept(client);
    }
  }
}
