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
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Looks host names up with the system's resolver, which blocks, on an executor of its own. An
 * address literal needs no look-up and is answered at once.
 */
public final class HostResolver {
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
   * @param loop completes the future.
   * @return all addresses in the resolver's order, or an {@link UnknownHostException}.
   */
  public Future<List<InetAddress>> resolve(String host, EventExecutor loop) {
    if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
      return loop.newSucceededFuture(List.of(NetUtil.createInetAddressFromIpAddressString(host)));
    }
    Promise<List<InetAddress>> promise = loop.newPromise();
    try {
      executor.execute(() -> lookUp(host, promise));
    } catch (RejectedExecutionException e) {
      promise.setFailure(e);
    }
    return promise;
  }

  private static void lookUp(String host, Promise<List<InetAddress>> promise) {
    try {
      promise.trySuccess(List.of(InetAddress.getAllByName(host)));
    } catch (UnknownHostException e) {
      promise.tryFailure(e);
    }
  }
}
