// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.relay;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** Runs something on an event loop and waits for it, so that it is in effect on return. */
public final class OnLoop {
  private OnLoop() {}

  /**
   * Runs a task; what it throws is thrown here.
   *
   * @param loop the event loop; the caller may be on it.
   * @param task the task.
   * @throws IllegalStateException if the event loop has ended.
   */
  public static void run(EventLoop loop, Runnable task) {
    call(loop, Executors.callable(task));
  }

  /**
   * Runs a task; what it throws is thrown here.
   *
   * @param loop the event loop; the caller may be on it.
   * @param task the task.
   * @return its result.
   * @throws IllegalStateException if the event loop has ended, or the task failed with a checked
   *     exception.
   */
  public static <T> T call(EventLoop loop, Callable<T> task) {
    try {
      if (loop.inEventLoop()) {
        return task.call();
      }
      Future<T> result = loop.submit(task).awaitUninterruptibly();
      if (result.isSuccess()) {
        return result.getNow();
      }
      throw result.cause();
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the emulator is closed", e);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
