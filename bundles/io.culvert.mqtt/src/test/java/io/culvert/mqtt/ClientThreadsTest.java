// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientThreadsTest {
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final ClientThreads threads = new ClientThreads(failure::complete);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void whatRunsGoesOnUninterruptedWhenItIsCancelled() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Future<?> task =
        threads.submit(
            () -> {
              begun.countDown();
              try {
                cancelled.await();
                interrupted.complete(Thread.interrupted());
              } catch (InterruptedException e) {
                interrupted.complete(true);
              }
            });
    begun.await();
    task.cancel(true);
    cancelled.countDown();
    assertThat(interrupted.get(30, TimeUnit.SECONDS)).isFalse();
    assertThat(task.isCancelled()).isTrue();
    assertThat(failure).isNotDone();
  }

  @Test
  void whatOneThrowsIsTold() throws Exception {
    threads.execute(
        () -> {
          throw new IllegalStateException("broken");
        });
    assertThat(failure.get(30, TimeUnit.SECONDS)).hasMessage("broken");
  }
}
