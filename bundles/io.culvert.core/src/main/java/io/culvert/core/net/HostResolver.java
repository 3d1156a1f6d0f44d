// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.net;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks host names up with the system's resolver, which blocks, on an executor of its own. An
 * address literal needs no look-up and is answered at once.
 */
public final class HostResolver {
  private static final Logger LOG = LoggerFactory.getLogger(HostResolver.class);

  private final Executor executor;

  /**
   * Makes a resolver.
   *
   * @param executor where look-ups block; owned by the caller.
   */
  public HostResolver(Executor executor) {
    this.executor = executor;
  }

  /**
   * Looks a host up. The caller bounds the waiting time: a look-up itself cannot be interrupted.
   *
   * @param host a host name or an address literal.
   * @param loop completes the future, unless it has ended by then: nobody waits any more.
   * @return all addresses in the resolver's order, or an {@link UnknownHostException}.
   */
  public Future<List<InetAddress>> resolve(String host, EventExecutor loop) {
    // Null also for a literal with a named scope (fe80::1%eth0): the system's resolver knows those.
    @Nullable InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host);
    if (literal != null) {
      return loop.newSucceededFuture(List.of(literal));
    }
    return call(() -> List.of(InetAddress.getAllByName(host)), loop);
  }

  /**
   * Runs something else that blocks, such as reading files, where the look-ups run.
   *
   * @param task what to run.
   * @param loop completes the future, as for {@link #resolve}.
   * @param <T> the type of the result.
   * @return the result, or what the task threw.
   */
  public <T> Future<T> call(Callable<T> task, EventExecutor loop) {
    Promise<T> promise = loop.newPromise();
    try {
      executor.execute(() -> run(task, promise, loop));
    } catch (RejectedExecutionException e) {
      promise.setFailure(e);
    }
    return promise;
  }

  private static <T> void run(Callable<T> task, Promise<T> promise, EventExecutor loop) {
    Runnable completion;
    try {
      T result = task.call();
      completion = () -> promise.trySuccess(result);
    } catch (Throwable e) {
      // Whatever it is: a promise that nobody completes would hang its attempt.
      completion = () -> promise.tryFailure(e);
    }
    try {
      // Completed here, it would need the loop for its listeners, and log that there is none.
      loop.execute(completion);
    } catch (RejectedExecutionException e) {
      LOG.debug("A result has come after its event loop");
    }
  }
}
