// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.time;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Real time; tasks run on an event loop, which stays the caller's, and die with it. While a machine
 * sleeps, the time that is shown goes on, but tasks are late by as much as it has slept.
 */
public final class EventLoopClock implements ServiceClock {
  private final EventLoop loop;

  /**
   * Makes a clock.
   *
   * @param loop runs the tasks.
   */
  public EventLoopClock(EventLoop loop) {
    this.loop = loop;
  }

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    try {
      Future<?> scheduled = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException e) {
      // The event loop has ended, and with it the service: nothing is left that could be late.
      return () -> {};
    }
  }
}
