// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.culvert.config.HostPort;
import io.culvert.core.cipher.CipherSuites;
import io.culvert.core.config.ConnectSettings;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts TLS on a channel, as a client: the JDK's TLS 1.2 and 1.3, server name indication, host name
 * and chain verified unless the settings say otherwise. All on the event loop. Each connection has
 * an {@code SSLContext} of its own, so no session is resumed past a changed setting; the costly
 * part, the trusted certificates, is made elsewhere.
 */
final class TlsStep {
  private static final Logger LOG = LoggerFactory.getLogger(TlsStep.class);
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final ConnectSettings settings;
  private final @Nullable X509ExtendedTrustManager trust;
  private final CipherSuites suites;

  /**
   * Makes a step for one attempt.
   *
   * @param settings what to verify, and the time-out.
   * @param trust verifies chains; null exactly if the settings switch that off.
   * @param suites which cipher suites to offer.
   */
  TlsStep(ConnectSettings settings, @Nullable X509ExtendedTrustManager trust, CipherSuites suites) {
    this.settings = settings;
    this.trust = trust;
    this.suites = suites;
  }

  /**
   * Starts the handshake.
   *
   * @param channel the open channel, whose pipeline ends in a {@link QuietTail}.
   * @param target the host that the certificate must be for.
   * @param peer who that is, for messages.
   * @return the same channel, encrypted, or a {@link ConnectFailedException}; on failure the caller
   *     closes the channel.
   */
  Future<Channel> start(Channel channel, HostPort target, String peer) {
    Promise<Channel> promise = channel.eventLoop().newPromise();
    SeenChain seen = new SeenChain();
    Duration limit = settings.tlsTimeout();
    SslHandler handler;
    try {
      handler = new SslHandler(engine(target, seen));
    } catch (GeneralSecurityException e) {
      return promise.setFailure(ConnectFailedException.of(e));
    }
    handler.setHandshakeTimeoutMillis(limit.toMillis());
    handler.setCumulator(new HeapCumulator());
    handler
        .handshakeFuture()
        .addListener(
            done -> {
              if (done.isSuccess()) {
                LOG.debug("{}: {}", target, handler.engine().getSession().getProtocol());
                promise.trySuccess(channel);
              } else {
                promise.tryFailure(
                    TlsFailures.explain(
                        done.cause(), seen, target, peer, limit, Clock.systemUTC()));
              }
            });
    channel.pipeline().addBefore(QuietTail.NAME, null, handler);
    return promise;
  }

  private SSLEngine engine(HostPort target, SeenChain seen) throws GeneralSecurityException {
    TrustManager manager = trust == null ? new AnyChain(seen) : new ChainCheck(trust, seen);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {manager}, null);
    String host = withoutScopeAndDot(target.host());
    SSLEngine engine = context.createSSLEngine(host, target.port());
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setCipherSuites(suites.order(parameters.getCipherSuites()));
    parameters.setEndpointIdentificationAlgorithm(settings.verifyHost() ? "HTTPS" : "");
    if (NetUtil.createByteArrayFromIpAddressString(host) == null) {
      parameters.setServerNames(serverNames(host));
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** By itself the JDK sends no name that has no dot in it. */
  private static List<SNIServerName> serverNames(String host) {
    try {
      return List.of(new SNIHostName(host));
    } catch (IllegalArgumentException e) {
      LOG.debug("{}: no server name indication, it is no name of the DNS", host);
      return List.of();
    }
  }

  private static String withoutScopeAndDot(String host) {
    int scope = host.indexOf('%');
    String bare = scope < 0 ? host : host.substring(0, scope);
    return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
  }
}
