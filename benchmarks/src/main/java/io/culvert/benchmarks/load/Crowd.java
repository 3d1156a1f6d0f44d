// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
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
   * Runs visits, so many at a time, and waits for all. An interrupt cuts those that are under way,
   * which counts as a failure of each, and begins no more.
   *
   * @param atOnce how many threads.
   * @param goesOn tells whether the visit of a number, from 0 on, is to take place.
   * @param visit what each does; an interrupt has to end it.
   * @param note hears what became of all, or of those up to an interrupt.
   */
  public static Crowd run(int atOnce, IntPredicate goesOn, Visit visit, Consumer<Crowd> note)
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
    InterruptedException interrupted = join(threads);
    Crowd crowd =
        new Crowd(
            succeeded.get(), failed.get(), firstFailure.get(), (System.nanoTime() - start) / 1e9);
    note.accept(crowd);
    if (interrupted != null) {
      throw interrupted;
    }
    return crowd;
  }

  /** Waits for the end of all; an interrupt is passed on to them and returned. */
  private static @Nullable InterruptedException join(List<Thread> threads) {
    InterruptedException interrupted = null;
    for (int i = 0; i < threads.size(); ) {
      try {
        threads.get(i).join();
        i++;
      } catch (InterruptedException e) {
        interrupted = e;
        threads.forEach(Thread::interrupt);
      }
    }
    return interrupted;
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
