// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import io.culvert.api.ErrorCode;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread for calls of Kura that may wait for the network. There is none before the first task.
 * Safe for all threads.
 */
final class Worker implements Executor {
  /** The name of the thread. */
  static final String THREAD = "culvert-kura";

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final long END_SECONDS = 5;

  private final ExecutorService executor = Executors.newSingleThreadExecutor(Worker::daemon);

  private static Thread daemon(Runnable run) {
    Thread thread = new Thread(run, THREAD);
    thread.setDaemon(true);
    return thread;
  }

  /** Runs a task after all earlier ones; drops it after the end. */
  @Override
  public void execute(Runnable task) {
    try {
      executor.execute(
          () -> {
            try {
              task.run();
            } catch (RuntimeException e) {
              LOG.error("{}: in a call of Kura", ErrorCode.INTERNAL, e);
            }
          });
    } catch (RejectedExecutionException e) {
      // Kura called while this was ending.
    }
  }

  /** Ends the thread after the tasks it has, which get five seconds, and are interrupted then. */
  void end() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
