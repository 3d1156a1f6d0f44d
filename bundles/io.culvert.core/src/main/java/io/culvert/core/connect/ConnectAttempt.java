// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.culvert.config.HostPort;
import io.culvert.config.Printable;
import io.culvert.config.WebProxy;
import io.culvert.config.trust.TrustStore;
import io.culvert.core.cipher.CipherSuites;
import io.culvert.core.config.ConnectSettings;
import io.culvert.core.net.HostResolver;
import io.culvert.core.net.Transport;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection attempt, step after step: trusted certificates, TCP, web proxy, TLS, upgrade. For
 * one use; all on the event loop. Owns the channel until the promise has succeeded, and closes it
 * when the promise fails or is cancelled.
 */
final class ConnectAttempt {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectAttempt.class);

  private final EventLoop loop;
  private final Transport transport;
  private final HostResolver resolver;
  private final TrustStore trustStore;
  private final ConnectSettings settings;
  private final Handshake handshake;
  private final HostPort target;
  private final String service;
  private final Promise<TunnelLink> promise;
  private @Nullable AddressDialer dialer;

  ConnectAttempt(
      EventLoop loop,
      Transport transport,
      HostResolver resolver,
      TrustStore trustStore,
      ConnectSettings settings,
      Handshake handshake,
      Promise<TunnelLink> promise) {
    this.loop = loop;
    this.transport = transport;
    this.resolver = resolver;
    this.trustStore = trustStore;
    this.settings = settings;
    this.handshake = handshake;
    this.target = handshake.endpoint();
    this.service = "the service at " + target;
    this.promise = promise;
  }

  /**
   * Starts the attempt.
   *
   * @param environment the environment variables, which may name a web proxy.
   */
  void start(Map<String, String> environment) {
    promise.addListener(
        done -> {
          if (!done.isSuccess()) {
            LOG.debug("{}: {}", target, done.cause().toString());
            abandon();
          }
        });
    if (!promise.isDone()) {
      guarded(() -> begin(environment));
    }
  }

  private void begin(Map<String, String> environment) throws ConnectFailedException {
    UpgradeRequest request = new UpgradeRequest(handshake, settings.subprotocols());
    Optional<WebProxy> proxy;
    try {
      proxy = settings.proxyFor(target, environment);
    } catch (IllegalArgumentException e) {
      throw ConnectFailedException.configuration(String.valueOf(e.getMessage()));
    }
    if (!settings.verifyChain()) {
      LOG.warn(
          "{}: the certificate chain is not verified, as configured; anyone can pose as it",
          target);
    }
    if (!settings.verifyHost()) {
      LOG.warn("{}: the certificate's host name is not verified, as configured", target);
    }
    prepareTls(
        tls -> {
          Consumer<Channel> upgrade = open -> upgrade(open, tls, request);
          if (proxy.isPresent()) {
            dial(
                proxy.get().address(),
                peer(proxy.get()),
                open -> viaProxy(open, tls, proxy.get(), upgrade));
          } else {
            dial(target, service, upgrade);
          }
        });
  }

  /** Has files read where that may block: certificates, and what the processor can do. */
  private void prepareTls(Consumer<TlsStep> next) {
    ScheduledFuture<?> timer =
        loop.schedule(
            () ->
                promise.tryFailure(
                    ConnectFailedException.timeout(
                        "the trusted certificates, and what else TLS needs, were not read",
                        settings.connectTimeout())),
            settings.connectTimeout().toMillis(),
            TimeUnit.MILLISECONDS);
    promise.addListener(done -> timer.cancel(false));
    then(
        resolver.call(this::tlsStep, loop),
        tls -> {
          timer.cancel(false);
          next.accept(tls);
        });
  }

  private TlsStep tlsStep() throws ConnectFailedException {
    return new TlsStep(settings, settings.verifyChain() ? trust() : null, CipherSuites.here());
  }

  private X509ExtendedTrustManager trust() throws ConnectFailedException {
    try {
      return trustStore.trustManager();
    } catch (IOException e) {
      throw ConnectFailedException.configuration(String.valueOf(e.getMessage()));
    }
  }

  private void dial(HostPort address, String peer, Consumer<Channel> next) {
    LOG.debug("{}: connecting to {}", target, address);
    AddressDialer current =
        new AddressDialer(loop, transport, resolver, address, peer, settings.connectTimeout());
    dialer = current;
    then(current.dial(), next);
  }

  private void viaProxy(Channel open, TlsStep tls, WebProxy proxy, Consumer<Channel> next) {
    LOG.debug("{}: through the web proxy {}", target, proxy);
    Consumer<Channel> connect =
        ready ->
            then(
                new ProxyConnectHandler(proxy, target, settings.proxyTimeout(), loop.newPromise())
                    .start(ready),
                next);
    if (proxy.tls()) {
      then(tls.start(open, proxy.address(), peer(proxy)), connect);
    } else {
      connect.accept(open);
    }
  }

  private void upgrade(Channel open, TlsStep tls, UpgradeRequest request) {
    then(
        tls.start(open, target, service),
        secure -> {
          LOG.debug("{}: TLS is up, asking for the upgrade", target);
          Printable printable = new Printable(handshake.accessToken(), handshake.clientToken());
          then(
              new UpgradeHandler(
                      request,
                      settings.maxWebSocketPayload(),
                      printable,
                      service,
                      settings.upgradeTimeout(),
                      loop.newPromise())
                  .start(secure),
              this::succeed);
        });
  }

  private static String peer(WebProxy proxy) {
    return "the web proxy at " + proxy.address();
  }

  private void succeed(TunnelLink link) {
    link.channel().pipeline().remove(QuietTail.NAME);
    LOG.debug("{}: connected, channel-id {}", target, link.channelId());
    promise.trySuccess(link);
  }

  /** Goes on with a step's result, unless the attempt has ended meanwhile. */
  private <T> void then(Future<T> step, Consumer<T> next) {
    step.addListener(
        (Future<T> done) -> {
          if (promise.isDone()) {
            abandon();
          } else if (done.isSuccess()) {
            guarded(() -> next.accept(done.getNow()));
          } else {
            promise.tryFailure(ConnectFailedException.of(done.cause()));
          }
        });
  }

  private void abandon() {
    if (dialer != null) {
      dialer.cancel();
    }
  }

  private void guarded(Action action) {
    try {
      action.run();
    } catch (ConnectFailedException | RuntimeException e) {
      promise.tryFailure(ConnectFailedException.of(e));
    }
  }

  private interface Action {
    void run() throws ConnectFailedException;
  }
}
