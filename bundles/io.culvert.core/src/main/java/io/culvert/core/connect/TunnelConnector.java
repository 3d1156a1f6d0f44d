// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.culvert.api.ErrorCode;
import io.culvert.config.trust.TrustStore;
import io.culvert.core.config.ConnectSettings;
import io.culvert.core.net.HostResolver;
import io.culvert.core.net.Transport;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

/**
 * Connects to the service: name look-up, TCP, web proxy, TLS, upgrade. Everything runs on one event
 * loop but what blocks (name look-up, reading certificates), which runs on the resolver's executor.
 * Keeps nothing open between attempts, so it needs no closing.
 */
public final class TunnelConnector {
  private final EventLoop loop;
  private final Transport transport;
  private final HostResolver resolver;
  private final ConnectSettings settings;
  private final TrustStore trustStore;
  private final Map<String, String> environment;

  /**
   * Makes a connector that reads the trusted certificates for itself.
   *
   * @param loop where attempts and their channels live.
   * @param transport the transport of that loop.
   * @param resolver looks names up and runs what blocks.
   * @param settings how to connect.
   */
  public TunnelConnector(
      EventLoop loop, Transport transport, HostResolver resolver, ConnectSettings settings) {
    this(loop, transport, resolver, settings, new TrustStore(settings.extraCa()), System.getenv());
  }

  /**
   * Makes a connector with trusted certificates that others use too.
   *
   * @param loop where attempts and their channels live.
   * @param transport the transport of that loop.
   * @param resolver looks names up and runs what blocks.
   * @param settings how to connect; {@code extraCa} is that of the trust store.
   * @param trustStore the trusted certificates.
   * @param environment the environment variables, which may name a web proxy.
   */
  public TunnelConnector(
      EventLoop loop,
      Transport transport,
      HostResolver resolver,
      ConnectSettings settings,
      TrustStore trustStore,
      Map<String, String> environment) {
    this.loop = loop;
    this.transport = transport;
    this.resolver = resolver;
    this.settings = settings;
    this.trustStore = trustStore;
    this.environment = Map.copyOf(environment);
  }

  /**
   * Makes one attempt. May be called from any thread. Cancelling the future closes what is open.
   *
   * @param handshake who connects to what.
   * @return completed on the event loop; its failure is always a {@link ConnectFailedException}.
   */
  public Future<TunnelLink> connect(Handshake handshake) {
    Promise<TunnelLink> promise = loop.newPromise();
    ConnectAttempt attempt =
        new ConnectAttempt(loop, transport, resolver, trustStore, settings, handshake, promise);
    try {
      loop.execute(() -> attempt.start(environment));
    } catch (RejectedExecutionException e) {
      promise.tryFailure(
          ConnectFailedException.retry(ErrorCode.INTERNAL, "the event loops have been closed"));
    }
    return promise;
  }
}
