// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What became of many connections.
 *
 * @param succeeded how many did what they should.
 * @param failed how many did not.
 * @param firstFailure why the first of these did not, or null.
 * @param seconds the time for all.
 */
public record Crowd(int succeeded, int failed, @Nullable IOException firstFailure, double seconds) {
  /** What one connection does. */
  @FunctionalInterface
  public interface Visit {
    /** Does it; an exception is a failure. */
    void run() throws IOException;
  }

  /**
   * Runs visits, so many at a time, and waits for all.
   *
   * @param atOnce how many threads.
   * @param goesOn tells whether the visit of a number, from 0 on, is to take place.
   * @param visit what each does.
   */
  public static Crowd run(int atOnce, IntPredicate goesOn, Visit visit)
      throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger succeeded = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    AtomicReference<@Nullable IOException> firstFailure = new AtomicReference<>();
    Runnable work =
        () -> {
          while (!Thread.currentThread().isInterrupted() && goesOn.test(next.getAndIncrement())) {
            try {
              visit.run();
              succeeded.incrementAndGet();
            } catch (IOException e) {
              failed.incrementAndGet();
              firstFailure.compareAndSet(null, e);
            }
          }
        };
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < atOnce; i++) {
      Thread thread = new Thread(work, "visitor");
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      throw e;
    }
    return new Crowd(
        succeeded.get(), failed.get(), firstFailure.get(), (System.nanoTime() - start) / 1e9);
  }

  /** Fails if one has failed. */
  public void check() throws IOException {
    if (firstFailure != null) {
      throw new IOException(
          failed + " of " + (failed + succeeded) + " failed, the first: " + firstFailure,
          firstFailure);
    }
  }

  /** Returns how many succeeded in a second. */
  public double perSecond() {
    return succeeded / seconds;
  }
}
