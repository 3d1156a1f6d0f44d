// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.send;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A timer that is often set anew, mostly to a time that it is set to already. Event loop only. */
final class Alarm {
  private final EventLoop loop;
  private final Runnable action;
  private @Nullable Future<?> timer;
  private long due;

  Alarm(EventLoop loop, Runnable action) {
    this.loop = loop;
    this.action = action;
  }

  /** Runs the action within a time; {@link Long#MAX_VALUE} is never. */
  void within(long nanos, long now) {
    if (nanos == Long.MAX_VALUE || timer != null && due - now <= nanos) {
      return;
    }
    cancel();
    due = now + nanos;
    timer = loop.schedule(this::ring, nanos, TimeUnit.NANOSECONDS);
  }

  void cancel() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void ring() {
    timer = null;
    action.run();
  }
}
