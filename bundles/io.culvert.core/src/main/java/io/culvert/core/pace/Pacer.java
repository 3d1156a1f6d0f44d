// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * Says how much bulk may go to one WebSocket, and when. Whoever sends tells it what goes, what
 * comes and what waits, asks {@link #allowance} before each chunk of bulk, calls {@link #pumped}
 * after each run, and {@link #tick} when {@link #tickDelay} is over. Times are nanoseconds of any
 * clock that never goes back. Confined to one event loop.
 */
public final class Pacer {
  /** What a given rate is used of, so that a queue can shrink again. */
  private static final double SHARE = 0.95;

  /** A chunk of bulk takes so long, as small things wait behind one. */
  private static final double CHUNK_NANOS = 8e6;

  private static final int MIN_CHUNK = 1024;
  private static final int MAX_CHUNK = 64512;
  private static final int UNSENT_PACED = 16 << 10;
  private static final int UNSENT = 128 << 10;

  /** The share of the rate at which small things of one connection may go ahead, and its least. */
  private static final double AHEAD_SHARE = 1 / 16.0;

  private static final double AHEAD_LEAST = 4096;

  private final TokenBucket bucket = new TokenBucket();
  private PaceSettings settings = PaceSettings.OFF;
  private boolean paced;
  private boolean limited;

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
    boolean wasPaced = paced;
    paced = settings.mode() == PaceSettings.Mode.FIXED;
    if (paced) {
      bucket.rate(SHARE * settings.rate(), now);
      if (!wasPaced) {
        bucket.clear(now);
      }
    }
  }

  /**
   * Starts anew with another WebSocket.
   *
   * @param now the time.
   */
  public void restart(long now) {
    bucket.clear(now);
    limited = false;
  }

  /**
   * Makes room for what is known of a connection.
   *
   * @return the exchange, to be closed with the connection.
   */
  public Exchange newExchange() {
    return new Exchange(this);
  }

  void closed(Exchange exchange) {}

  /**
   * Takes note of a DATA message that was handed to the WebSocket.
   *
   * @param exchange the connection's.
   * @param payload its bytes.
   * @param framed the bytes of the whole frame.
   * @param now the time.
   */
  public void sent(Exchange exchange, int payload, int framed, long now) {
    if (paced) {
      bucket.take(framed);
      if (payload < Exchange.SMALL) {
        exchange.sent(framed, aheadRate(), now);
      }
    }
  }

  /**
   * Takes note of a DATA message that came from the WebSocket.
   *
   * @param exchange the connection's.
   * @param payload its bytes.
   * @param now the time.
   */
  public void received(Exchange exchange, int payload, long now) {}

  /**
   * Tells whether a chunk may go now, whatever the allowance is: it is small and its connection
   * sends little.
   *
   * @param exchange the connection's.
   * @param payload the bytes of the chunk.
   * @param now the time.
   * @return whether it goes ahead of bulk.
   */
  public boolean bypasses(Exchange exchange, int payload, long now) {
    return !paced || exchange.bypasses(payload, aheadRate(), now);
  }

  private double aheadRate() {
    return Math.max(AHEAD_LEAST, bucket.rate() * AHEAD_SHARE);
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
    if (!paced) {
      return MAX_CHUNK;
    }
    return (int) Math.min(MAX_CHUNK, Math.max(MIN_CHUNK, bucket.rate() * CHUNK_NANOS / 1e9));
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
   * @param unsent the bytes that are written and not accepted by the kernel yet.
   * @param now the time.
   */
  public void pumped(boolean bulkWaits, long unsent, long now) {
    limited = paced && bulkWaits && unsent < unsentLimit();
  }

  /**
   * Returns when to call {@link #tick}; asked after each run of sending and each tick.
   *
   * @return nanoseconds from now, {@link Long#MAX_VALUE} if there is nothing to watch.
   */
  public long tickDelay() {
    return Long.MAX_VALUE;
  }

  /**
   * Lets time have its effect.
   *
   * @param now the time.
   */
  public void tick(long now) {}

  /**
   * Returns what the pacer does.
   *
   * @param now the time.
   * @return a snapshot.
   */
  public PaceStatus status(long now) {
    return new PaceStatus(
        settings.mode().name(), paced ? (long) bucket.rate() : 0, settings.rate(), -1, -1, limited);
  }
}
