// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.send;

import io.culvert.core.pace.TokenBucket;
import java.time.Duration;

/** How much may be sent per second by those who share it. Event loop only. */
public final class RateLimit {
  private static final long UNLIMITED = 0;

  /** What may be made up for after a turn had to be waited for. */
  private static final Duration BURST = Duration.ofMillis(250);

  /** Small things go at once: what they take beyond the limit comes off what goes later. */
  private static final Duration DEBT = Duration.ofSeconds(30);

  private final TokenBucket bucket = new TokenBucket(BURST, DEBT);
  private long rate;

  /** Makes a limit that allows everything. */
  public RateLimit() {
    this.rate = UNLIMITED;
  }

  /**
   * Goes on at another rate.
   *
   * @param bytesPerSecond the most that may be sent, 0 without limit.
   * @param now the time in nanoseconds.
   */
  public void rate(long bytesPerSecond, long now) {
    if (bytesPerSecond == rate) {
      return;
    }
    if (rate == UNLIMITED) {
      bucket.clear(now);
    }
    rate = bytesPerSecond;
    bucket.rate(rate, now);
  }

  /** Returns the lower one of this rate and another, both in bytes per second, 0 without limit. */
  long lower(long other) {
    return rate == UNLIMITED || other == UNLIMITED ? Math.max(rate, other) : Math.min(rate, other);
  }

  /** Returns the nanoseconds until something may be sent, 0 if it may be now. */
  long delay(long now) {
    return rate == UNLIMITED ? 0 : bucket.delay(now);
  }

  void sent(int bytes) {
    if (rate != UNLIMITED) {
      bucket.take(bytes);
    }
  }

  /** Returns how large a chunk should be, so that nobody waits long behind one. */
  int chunkBytes() {
    return rate == UNLIMITED ? Integer.MAX_VALUE : bucket.chunkBytes();
  }
}
