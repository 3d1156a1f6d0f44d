// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The event loops and channel classes: native epoll where there is one, NIO elsewhere. One buffer
 * allocator of its own, so that its memory can be bounded and counted.
 */
public final class Transport {
  private static final int PAGE_BYTES = 8192;

  /** Arena chunks of 2 MiB: small enough for a 64 MiB process, large enough for 128 KiB frames. */
  private static final int CHUNK_ORDER = 8;

  /** Netty looks only every 100 ms whether a loop has been quiet, so it hardly needs to be. */
  private static final int QUIET_NANOS = 1;

  private static final int LIMIT_MILLIS = 5000;

  private final EventLoopGroup group;
  private final boolean epoll;
  private final PooledByteBufAllocator allocator;

  /**
   * Starts no thread yet: each event loop starts with its first task.
   *
   * @param eventLoops the number of event loops, at least 1.
   * @param nativeTransport whether native epoll may be used where it is there.
   */
  public Transport(int eventLoops, boolean nativeTransport) {
    this.epoll = nativeTransport && Epoll.isAvailable();
    IoHandlerFactory handlers = epoll ? OnDemandEpoll.newFactory() : NioIoHandler.newFactory();
    this.group =
        new MultiThreadIoEventLoopGroup(
            eventLoops, new DefaultThreadFactory("culvert-io", true), handlers);
    this.allocator =
        new PooledByteBufAllocator(true, 1, eventLoops, PAGE_BYTES, CHUNK_ORDER, 64, 32, true);
  }

  /**
   * Returns the next event loop in turn.
   *
   * @return an event loop.
   */
  public EventLoop nextLoop() {
    return group.next();
  }

  /**
   * Tells whether native epoll is in use.
   *
   * @return whether it is epoll, and not NIO.
   */
  public boolean isEpoll() {
    return epoll;
  }

  /**
   * Returns the allocator for all channels.
   *
   * @return the allocator.
   */
  public ByteBufAllocator allocator() {
    return allocator;
  }

  /**
   * Returns the direct memory that the allocator holds, used or kept for later.
   *
   * @return bytes.
   */
  public long directBytes() {
    return allocator.metric().usedDirectMemory();
  }

  /** Returns the class of outgoing TCP channels. */
  public Class<? extends SocketChannel> tcpChannel() {
    return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  /** Returns the class of listening TCP channels. */
  public Class<? extends ServerChannel> tcpServerChannel() {
    return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  /** Returns the class of outgoing Unix domain socket channels. */
  public Class<? extends Channel> unixChannel() {
    return epoll ? EpollDomainSocketChannel.class : NioDomainSocketChannel.class;
  }

  /**
   * Returns the address of a Unix domain socket in the form that {@link #unixChannel()} takes.
   *
   * @param path the socket's path.
   * @return the address.
   */
  public SocketAddress unixAddress(Path path) {
    return epoll ? new DomainSocketAddress(path.toFile()) : UnixDomainSocketAddress.of(path);
  }

  /**
   * Closes all channels and ends the event loops after the tasks that they already have.
   *
   * @return done when all threads have ended.
   */
  public Future<?> close() {
    if (!group.isShuttingDown()) {
      group.forEach(Transport::lookOnceMore);
    }
    long limit = TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS);
    return group.shutdownGracefully(QUIET_NANOS, limit, TimeUnit.NANOSECONDS);
  }

  /**
   * Has an event loop come round once more before it ends, as it does after any such hook: it may
   * find out that it should end behind the look for whether to close its channels.
   */
  private static void lookOnceMore(EventExecutor loop) {
    if (loop instanceof SingleThreadEventExecutor executor) {
      executor.addShutdownHook(() -> {});
    }
  }
}
