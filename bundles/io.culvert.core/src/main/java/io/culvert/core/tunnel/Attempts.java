// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelFailure;
import io.culvert.core.config.RetrySettings;
import io.culvert.core.config.TunnelSettings;
import io.culvert.core.connect.ConnectFailedException;
import io.culvert.core.connect.TunnelLink;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts to connect one tunnel: after a failed one the next, later and later, until one
 * succeeds, another makes no sense, or as many as are allowed have failed. How late and how many is
 * read from the settings after each failure. Event loop only.
 */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final String name;
  private final EventLoop loop;
  private final Supplier<Future<TunnelLink>> connect;
  private final Supplier<TunnelSettings> settings;
  private final Backoff backoff = new Backoff(new SplittableRandom());
  private final Listener listener;
  private @Nullable Future<TunnelLink> attempt;
  private @Nullable Future<?> timer;
  private long notBefore;

  /**
   * Makes no attempt yet.
   *
   * @param name the tunnel's name, for log lines.
   * @param connect makes one attempt.
   * @param settings the settings in force now.
   */
  Attempts(
      String name,
      EventLoop loop,
      Supplier<Future<TunnelLink>> connect,
      Supplier<TunnelSettings> settings,
      Listener listener) {
    this.name = name;
    this.loop = loop;
    this.connect = connect;
    this.settings = settings;
    this.listener = listener;
    this.notBefore = loop.ticker().nanoTime();
  }

  /** What comes of the attempts; one of these for each, unless they are stopped. */
  interface Listener {
    /** An attempt succeeded; the link is taken over. */
    void connected(TunnelLink link);

    /** An attempt failed, and there will be another one. */
    void waiting(TunnelFailure why);

    /** The service refused: there will be no other attempt. */
    void refused(TunnelFailure why);

    /** Another attempt makes no sense, or too many have failed. */
    void gaveUp(TunnelFailure why);
  }

  /** Makes an attempt now. */
  void now() {
    timer = null;
    attempt = connect.get();
    attempt.addListener((Future<TunnelLink> done) -> attempted(done));
  }

  /**
   * Makes an attempt now, and begins with short delays again, whatever was under way or due.
   *
   * @param elsewhere whether it is for another service; the same one is not asked before the time
   *     that it gave.
   */
  void anew(boolean elsewhere) {
    stop();
    backoff.reset();
    long now = loop.ticker().nanoTime();
    if (elsewhere) {
      notBefore = now;
    }
    long wait = notBefore - now;
    if (wait > 0) {
      timer = loop.schedule(this::now, wait, TimeUnit.NANOSECONDS);
    } else {
      now();
    }
  }

  /** Makes an attempt after the delay that is due, if one is allowed. */
  void later(TunnelFailure why) {
    later(why, Duration.ZERO);
  }

  /** Begins with short delays again, after a connection that was of use. */
  void reset() {
    backoff.reset();
  }

  /** Makes no further attempt; one that is under way is given up. */
  void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    Future<TunnelLink> stopped = attempt;
    attempt = null;
    if (stopped != null) {
      stopped.cancel(false);
    }
  }

  private void attempted(Future<TunnelLink> done) {
    if (done != attempt) {
      // Stopped; it may have succeeded at the same moment.
      if (done.isSuccess()) {
        done.getNow().channel().close();
      }
      return;
    }
    attempt = null;
    if (done.isSuccess()) {
      listener.connected(done.getNow());
    } else if (done.cause() instanceof ConnectFailedException failed) {
      switch (failed.retry()) {
        case RETRY -> {
          Duration asked = failed.retryAfter();
          later(failed.failure(), asked == null ? Duration.ZERO : asked);
        }
        case FINAL -> listener.gaveUp(failed.failure());
        case REFUSED -> listener.refused(failed.failure());
      }
    } else {
      LOG.error("{}: {}", name, ErrorCode.INTERNAL, done.cause());
      later(TunnelFailure.of(ErrorCode.INTERNAL, "an error while connecting"));
    }
  }

  private void later(TunnelFailure why, Duration atLeast) {
    RetrySettings retry = settings.get().retry();
    if (retry.count() >= 0 && backoff.attempts() >= retry.count()) {
      listener.gaveUp(
          new TunnelFailure(
              ErrorCode.RETRIES,
              "gave up after " + backoff.attempts() + " retries, the last one: " + why,
              why.httpStatus(),
              why.channelId()));
      return;
    }
    Duration due = backoff.next(retry);
    Duration delay = atLeast.compareTo(due) > 0 ? atLeast : due;
    LOG.warn("{}: {}; next attempt in {} ms", name, why, delay.toMillis());
    notBefore = loop.ticker().nanoTime() + atLeast.toNanos();
    timer = loop.schedule(this::now, delay.toNanos(), TimeUnit.NANOSECONDS);
    listener.waiting(why);
  }
}
