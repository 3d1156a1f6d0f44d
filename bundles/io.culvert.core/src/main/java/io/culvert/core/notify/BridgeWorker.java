// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import io.culvert.api.ErrorCode;
import io.culvert.core.stream.StreamBridge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the threads of the stream bridge, one task after the other. Safe for all threads; the
 * lock is held for a look into a queue.
 */
final class BridgeWorker implements Worker {
  private static final Logger LOG = LoggerFactory.getLogger(BridgeWorker.class);

  private final StreamBridge bridge;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean working;

  BridgeWorker(StreamBridge bridge) {
    this.bridge = bridge;
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public void run(Runnable task) {
    synchronized (tasks) {
      tasks.add(task);
      if (working) {
        return;
      }
      working = true;
    }
    begin();
  }

  private void begin() {
    try {
      bridge.blocking().execute(this::work);
    } catch (RejectedExecutionException e) {
      // The tasks wait for the next one, or for nothing if all has ended.
      LOG.debug("Nobody works on notifications now: {}", e.toString());
      synchronized (tasks) {
        working = false;
      }
    }
  }

  private void work() {
    while (true) {
      Runnable task;
      synchronized (tasks) {
        task = tasks.poll();
        if (task == null) {
          working = false;
          return;
        }
      }
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("{}: with what notifications have opened", ErrorCode.INTERNAL, e);
      }
    }
  }

  @Override
  public Runnable later(Duration delay, Runnable task) {
    try {
      ScheduledFuture<?> timer =
          bridge
              .transport()
              .nextLoop()
              .schedule(() -> run(task), delay.toMillis(), TimeUnit.MILLISECONDS);
      return () -> timer.cancel(false);
    } catch (RejectedExecutionException e) {
      LOG.debug("Nothing happens later any more: {}", e.toString());
      return () -> {};
    }
  }
}
