// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.send;

import io.culvert.core.pace.PaceStatus;
import io.culvert.core.pace.Pacer;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells support how the rate of a tunnel was found: a line for each other state of its pacer, one a
 * second at most, and only where DEBUG is on. Event loop only.
 */
final class PaceLog {
  private static final Logger LOG = LoggerFactory.getLogger(PaceLog.class);
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

  private final String tunnel;
  private String state = "";
  private long next;

  PaceLog(String tunnel, long now) {
    this.tunnel = tunnel;
    next = now;
  }

  /** Looks whether there is something new. */
  void note(Pacer pacer, long now) {
    if (now - next < 0 || !LOG.isDebugEnabled()) {
      return;
    }
    PaceStatus status = pacer.status(now);
    if (status.state().equals(state)) {
      return;
    }
    state = status.state();
    next = now + INTERVAL;
    LOG.debug(
        "{}: {}, rate {} B/s, link {} B/s, queue {} ms, usual delay {} ms",
        tunnel,
        state,
        status.rate(),
        status.linkRate(),
        millis(status.queueNanos()),
        millis(status.baseNanos()));
  }

  private static long millis(long nanos) {
    return nanos < 0 ? -1 : TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
