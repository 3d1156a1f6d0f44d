// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.process;

import io.culvert.demo.DemoException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends all waiting when something happens that ends the demo: a program died, or a signal came.
 * Thread-safe. Only the first reason counts.
 */
public final class Alarm {
  private static final Duration STEP = Duration.ofMillis(50);

  private final CompletableFuture<Void> rung = new CompletableFuture<>();

  /** Rings with the reason. */
  public void ring(DemoException reason) {
    rung.completeExceptionally(reason);
  }

  /** Waits for the alarm and throws its reason. */
  public void await() throws DemoException {
    get(rung, Duration.ofDays(10_000), "a signal");
  }

  /** Waits for some time, less if the alarm rings. */
  public void pause(Duration time) throws DemoException {
    CompletableFuture<Void> over =
        new CompletableFuture<Void>().completeOnTimeout(null, time.toNanos(), TimeUnit.NANOSECONDS);
    get(over, time.plusSeconds(60), "time to pass");
  }

  /**
   * Asks again and again until the answer is yes.
   *
   * @param what names what is waited for, in the message if it does not come.
   */
  public void until(Question question, Duration longest, String what) throws DemoException {
    long end = System.nanoTime() + longest.toNanos();
    while (!question.ask()) {
      if (System.nanoTime() - end > 0) {
        throw late(longest, what);
      }
      pause(STEP);
    }
  }

  /**
   * Waits for a result.
   *
   * @param what names what is waited for, in the message if it does not come.
   */
  public <T> T get(CompletableFuture<T> future, Duration longest, String what)
      throws DemoException {
    Future<Object> first = CompletableFuture.anyOf(rung, future);
    try {
      first.get(longest.toNanos(), TimeUnit.NANOSECONDS);
      return future.get();
    } catch (TimeoutException e) {
      throw late(longest, what);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted while waiting for " + what, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DemoException reason) {
        throw reason;
      }
      throw new DemoException(what + ": " + e.getCause(), e);
    }
  }

  /** Something that may be so or not. */
  @FunctionalInterface
  public interface Question {
    boolean ask() throws DemoException;
  }

  private static DemoException late(Duration longest, String what) {
    return new DemoException(
        "waited " + longest.toSeconds() + " s for " + what + ", and it did not come");
  }
}
