// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether the path is dead on which bytes of ours are stuck: a machine that takes nothing
 * still acknowledges what the kernel tries again and again, a path that is cut does not. Without
 * native epoll nothing shows that; there the kernel itself gives up, on Linux after 15 minutes.
 *
 * <p>{@code TCP_USER_TIMEOUT} is no help: Linux counts the time with a closed window, too, however
 * well its probes are acknowledged. Event loop only.
 */
final class StuckPath {
  private static final Logger LOG = LoggerFactory.getLogger(StuckPath.class);

  /** The kernel waits up to two minutes between two tries. This is more than two of them. */
  static final Duration RARE_TRIES = Duration.ofMinutes(5);

  /** From such a pause between two tries on they are rare. */
  private static final Duration LONG_PAUSE = Duration.ofSeconds(100);

  private StuckPath() {}

  /**
   * Judges the path of a channel.
   *
   * @param channel the channel, open.
   * @param limit for how long nothing may be acknowledged while the kernel tries often.
   * @return whether nobody is there any more, as far as can be told.
   */
  static boolean isDead(Channel channel, Duration limit) {
    if (!(channel instanceof EpollSocketChannel socket)) {
      return false;
    }
    EpollTcpInfo info;
    try {
      info = socket.tcpInfo();
    } catch (ChannelException e) {
      LOG.debug("The kernel does not tell of the path: {}", e.toString());
      return false;
    }
    return isDead(
        info.unacked() > 0,
        Duration.of(info.rto(), TimeUnit.MICROSECONDS.toChronoUnit()),
        Duration.ofMillis(info.lastAckRecv()),
        limit);
  }

  /**
   * Judges a path.
   *
   * @param underWay whether bytes are under way, and not only held back by a closed window.
   * @param pause how long the kernel waits until it sends these once more; it doubles.
   * @param silence since when nothing was acknowledged.
   * @param limit for how long that may be so.
   */
  static boolean isDead(boolean underWay, Duration pause, Duration silence, Duration limit) {
    boolean often = underWay && pause.compareTo(LONG_PAUSE) < 0;
    Duration most = often || limit.compareTo(RARE_TRIES) > 0 ? limit : RARE_TRIES;
    return silence.compareTo(most) >= 0;
  }
}
