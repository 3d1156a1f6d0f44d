// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.culvert.api.ErrorCode;
import io.culvert.config.HostPort;
import io.culvert.core.net.HostResolver;
import io.culvert.core.net.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks a host up and connects to one address after the other, within one time-out. For one use.
 * All on the event loop.
 */
final class AddressDialer {
  private static final Logger LOG = LoggerFactory.getLogger(AddressDialer.class);

  private final EventLoop loop;
  private final Transport transport;
  private final HostResolver resolver;
  private final HostPort target;
  private final String peer;
  private final Duration limit;
  private final Promise<Channel> promise;
  private final List<String> errors = new ArrayList<>();
  private final long deadline;
  private List<InetAddress> addresses = List.of();
  private int next;
  private @Nullable ChannelFuture connecting;

  /**
   * Makes a dialer; the time starts now.
   *
   * @param loop where everything runs.
   * @param transport makes channels for that loop.
   * @param resolver looks the host up.
   * @param target where to connect.
   * @param peer who that is, for messages.
   * @param limit the longest time for all.
   */
  AddressDialer(
      EventLoop loop,
      Transport transport,
      HostResolver resolver,
      HostPort target,
      String peer,
      Duration limit) {
    this.loop = loop;
    this.transport = transport;
    this.resolver = resolver;
    this.target = target;
    this.peer = peer;
    this.limit = limit;
    this.promise = loop.newPromise();
    this.deadline = System.nanoTime() + limit.toNanos();
  }

  /**
   * Starts.
   *
   * @return an open channel, or a {@link ConnectFailedException}.
   */
  Future<Channel> dial() {
    ScheduledFuture<?> timer =
        loop.schedule(this::timedOut, limit.toMillis(), TimeUnit.MILLISECONDS);
    promise.addListener(done -> timer.cancel(false));
    resolver
        .resolve(target.host(), loop)
        .addListener(
            (Future<List<InetAddress>> found) -> {
              if (found.isSuccess()) {
                connect(found.getNow());
              } else {
                promise.tryFailure(unknownHost(found.cause()));
              }
            });
    return promise;
  }

  /** Connects to these addresses in turn; the result is that of {@link #dial()}. */
  Future<Channel> connect(List<InetAddress> found) {
    LOG.debug("{}: addresses {}", target, found);
    addresses = found;
    connectNext();
    return promise;
  }

  /** Gives up and closes the channel, whether it has come out or not. */
  void cancel() {
    promise.cancel(false);
    if (connecting != null) {
      connecting.channel().close();
    }
  }

  private void connectNext() {
    if (promise.isDone()) {
      return;
    }
    int left = addresses.size() - next;
    if (left == 0) {
      promise.tryFailure(
          ConnectFailedException.retry(
              ErrorCode.TCP, "no TCP connection to " + peer + ": " + String.join("; ", errors)));
      return;
    }
    InetAddress address = addresses.get(next++);
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(transport.tcpChannel())
            .disableResolver()
            .option(ChannelOption.ALLOCATOR, transport.allocator())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, share(left))
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(QuietTail.NAME, new QuietTail());
                  }
                });
    ChannelFuture attempt = bootstrap.connect(new InetSocketAddress(address, target.port()));
    connecting = attempt;
    attempt.addListener(done -> connected(attempt, address));
  }

  /** An address that swallows everything must leave time for the others. */
  private int share(int left) {
    long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    // The last one has all that is left, and the dialer's own timer says so when it ends.
    return left == 1 ? 0 : (int) Math.max(1, millis / left);
  }

  private void connected(ChannelFuture attempt, InetAddress address) {
    if (!attempt.isSuccess()) {
      String reason = TlsFailures.text(attempt.cause());
      LOG.debug("{}: no connection to {}: {}", target, address, reason);
      errors.add(reason);
      connectNext();
    } else if (!promise.trySuccess(attempt.channel())) {
      attempt.channel().close();
    }
  }

  private ConnectFailedException unknownHost(Throwable cause) {
    String reason =
        cause instanceof UnknownHostException ? "unknown host" : cause.getClass().getSimpleName();
    return ConnectFailedException.retry(
        ErrorCode.DNS,
        "the host name of "
            + peer
            + " could not be resolved ("
            + reason
            + "): check it and the DNS");
  }

  private void timedOut() {
    promise.tryFailure(
        ConnectFailedException.timeout(
            addresses.isEmpty()
                ? "no answer from the DNS for the host name of " + peer
                : "no TCP connection to " + peer,
            limit));
    cancel();
  }
}
