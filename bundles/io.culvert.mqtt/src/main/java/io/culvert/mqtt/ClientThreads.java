// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.internal.CommsSender;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one MQTT client: its receiver, sender and callback, and what connects and
 * disconnects. With threads of its own, the client's sender can miss that it is to end, and then
 * waits for good; here it is interrupted. Nothing else is, when it is cancelled: a notification
 * that is being taken is taken whole. Threads with nothing to do end by themselves.
 */
final class ClientThreads extends ScheduledThreadPoolExecutor {
  private static final int COUNT = 5;
  private static final long IDLE_SECONDS = 5;

  private final Consumer<Throwable> failed;

  /**
   * Makes them.
   *
   * @param failed is told what one of them threw, by that thread.
   */
  ClientThreads(Consumer<Throwable> failed) {
    super(COUNT, ClientThreads::daemon);
    this.failed = failed;
    setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    allowCoreThreadTimeOut(true);
  }

  /** The client names it. */
  private static Thread daemon(Runnable run) {
    Thread thread = new Thread(run);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  protected <V> RunnableScheduledFuture<V> decorateTask(
      Runnable run, RunnableScheduledFuture<V> task) {
    return run instanceof CommsSender ? task : new Uninterrupted<>(task);
  }

  @Override
  protected void afterExecute(Runnable run, @Nullable Throwable thrown) {
    super.afterExecute(run, thrown);
    if (run instanceof Future<?> task && task.isDone() && !task.isCancelled()) {
      try {
        task.get();
      } catch (ExecutionException e) {
        failed.accept(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A task that goes on when it is cancelled, unless it has not begun. */
  private record Uninterrupted<V>(RunnableScheduledFuture<V> task)
      implements RunnableScheduledFuture<V> {
    @Override
    public boolean cancel(boolean interrupt) {
      return task.cancel(false);
    }

    @Override
    public void run() {
      task.run();
    }

    @Override
    public boolean isPeriodic() {
      return task.isPeriodic();
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return task.getDelay(unit);
    }

    @Override
    public int compareTo(Delayed other) {
      return task.compareTo(other);
    }

    @Override
    public boolean isCancelled() {
      return task.isCancelled();
    }

    @Override
    public boolean isDone() {
      return task.isDone();
    }

    @Override
    public V get() throws InterruptedException, ExecutionException {
      return task.get();
    }

    @Override
    public V get(long time, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException {
      return task.get(time, unit);
    }
  }
}
