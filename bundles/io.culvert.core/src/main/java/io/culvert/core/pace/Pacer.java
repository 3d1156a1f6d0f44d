// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says how much bulk may go to one WebSocket, and when. Whoever sends tells it what goes, what
 * comes and what waits, asks {@link #allowance} before each chunk of bulk, calls {@link #pumped}
 * after each run, and {@link #tick} when {@link #tickDelay} is over. Times are nanoseconds of any
 * clock that never goes back. Confined to one event loop.
 */
public final class Pacer {
  /** What a given rate is used of, so that a queue can shrink again. */
  private static final double SHARE = 0.96;

  /** For a loop that comes late. */
  private static final Duration BURST = Duration.ofMillis(4);

  /** Lest a burst of small things stops bulk for long. */
  private static final Duration DEBT = Duration.ofMillis(250);

  private static final int UNSENT_PACED = 16 << 10;
  private static final int UNSENT = 128 << 10;

  private static final long TICK = 5 * Nanos.MILLI;

  private final TokenBucket bucket = new TokenBucket(BURST, DEBT);
  private final Outflow outflow = new Outflow();
  private final List<Exchange> exchanges = new ArrayList<>();
  private @Nullable AutoRate auto;
  private PaceSettings settings = PaceSettings.OFF;
  private boolean paced;

  /** How late answers are by themselves on any connection, also of the WebSockets before. */
  private final Lateness usual = new Lateness(null);

  /**
   * Makes a pacer.
   *
   * @param settings how to pace.
   * @param now the time.
   */
  public Pacer(PaceSettings settings, long now) {
    bucket.clear(now);
    follow(settings, now);
  }

  /**
   * Goes on with other settings.
   *
   * @param settings how to pace.
   * @param now the time.
   */
  public void follow(PaceSettings settings, long now) {
    this.settings = settings;
    switch (settings.mode()) {
      case FIXED -> {
        auto = null;
        apply(SHARE * settings.rate(), now);
      }
      case OFF -> {
        auto = null;
        apply(Course.UNLIMITED, now);
      }
      case AUTO -> {
        if (auto == null) {
          auto = new AutoRate(outflow, exchanges, 0, now);
        }
        apply(auto.rate(), now);
      }
    }
  }

  private void apply(double rate, long now) {
    boolean pace = rate != Course.UNLIMITED;
    if (pace && !paced) {
      bucket.clear(now);
    }
    if (pace && bucket.rate() != rate) {
      bucket.rate(rate, now);
    }
    paced = pace;
  }

  /**
   * Starts anew with another WebSocket.
   *
   * @param now the time.
   */
  public void restart(long now) {
    bucket.clear(now);
    outflow.restart();
    exchanges.clear();
    AutoRate finder = auto;
    if (finder != null) {
      finder = new AutoRate(outflow, exchanges, finder.proven(now), now);
      auto = finder;
      apply(finder.rate(), now);
    }
  }

  /**
   * Makes room for what is known of a connection.
   *
   * @return the exchange, to be closed with the connection.
   */
  public Exchange newExchange() {
    Exchange exchange = new Exchange(this, usual);
    exchanges.add(exchange);
    return exchange;
  }

  void closed(Exchange exchange) {
    exchanges.remove(exchange);
    if (auto != null) {
      auto.forget(exchange);
    }
  }

  /**
   * Takes note of a DATA message that was handed to the WebSocket.
   *
   * @param exchange the connection's.
   * @param payload its bytes.
   * @param framed the bytes of the whole frame.
   * @param now the time.
   */
  public void sent(Exchange exchange, int payload, int framed, long now) {
    outflow.sent(framed);
    exchange.sent(payload, outflow.sent(), auto == null ? 0 : auto.arrived(), now);
    if (paced) {
      bucket.take(framed);
    }
  }

  /**
   * Takes note of a DATA message that came from the WebSocket.
   *
   * @param exchange the connection's.
   * @param payload its bytes.
   * @param now the time.
   */
  public void received(Exchange exchange, int payload, long now) {
    AutoRate finder = auto;
    boolean clear = finder == null || finder.isClear();
    if (exchange.answers(payload, clear, now) && finder != null) {
      finder.answered(exchange, now);
      apply(finder.rate(), now);
    }
  }

  /**
   * Returns how much bulk may go. While it is positive, one more chunk may, even if that is larger.
   *
   * @param now the time.
   * @return framed bytes, {@link Long#MAX_VALUE} without limit.
   */
  public long allowance(long now) {
    return paced ? bucket.available(now) : Long.MAX_VALUE;
  }

  /**
   * Returns when bulk may go.
   *
   * @param now the time.
   * @return the nanoseconds until the allowance is positive, 0 if it is.
   */
  public long delay(long now) {
    return paced ? bucket.delay(now) : 0;
  }

  /**
   * Tells whether there is a rate in force.
   *
   * @return whether bulk is paced.
   */
  public boolean isPaced() {
    return paced;
  }

  /**
   * Returns how large a chunk of bulk should be.
   *
   * @return the largest payload.
   */
  public int chunkBytes() {
    return paced ? bucket.chunkBytes() : TokenBucket.MAX_CHUNK;
  }

  /**
   * Returns how much may be written and not accepted by the kernel yet.
   *
   * @return the limit in bytes.
   */
  public int unsentLimit() {
    return paced ? UNSENT_PACED : UNSENT;
  }

  /**
   * Takes note of how a run of sending ended.
   *
   * @param bulkWaits whether bulk is left that could not go.
   * @param full whether the WebSocket takes no more for now; it may until it has much less unsent
   *     than its limit.
   * @param unsent the bytes that are written and not accepted by the kernel yet.
   * @param now the time.
   */
  public void pumped(boolean bulkWaits, boolean full, long unsent, long now) {
    outflow.pumped(bulkWaits, full, unsent, now);
    if (auto != null) {
      auto.pumped(now);
    }
  }

  /**
   * Returns when to call {@link #tick}; asked after each run of sending and each tick.
   *
   * @return nanoseconds from now, {@link Long#MAX_VALUE} if there is nothing to watch.
   */
  public long tickDelay() {
    return auto != null && auto.isBusy() ? TICK : Long.MAX_VALUE;
  }

  /**
   * Lets time have its effect.
   *
   * @param now the time.
   */
  public void tick(long now) {
    AutoRate finder = auto;
    if (finder != null) {
      finder.tick(now);
      apply(finder.rate(), now);
    }
  }

  /**
   * Returns what the pacer does.
   *
   * @param now the time.
   * @return a snapshot.
   */
  public PaceStatus status(long now) {
    AutoRate finder = auto;
    double rate = paced ? bucket.rate() : 0;
    boolean limited = paced && outflow.isLimited();
    return finder == null
        ? new PaceStatus(settings.mode().name(), (long) rate, settings.rate(), -1, -1, limited)
        : finder.status(rate, limited);
  }
}
