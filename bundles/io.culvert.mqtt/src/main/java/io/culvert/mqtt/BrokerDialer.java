// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import io.culvert.config.HostPort;
import io.culvert.config.WebProxy;
import io.culvert.config.trust.TrustStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Opens the way to a broker: TCP, the web proxy, TLS. For one connection; {@link #cancel()} may
 * come from any thread. See the AWS IoT Core developer guide, "Device communication protocols".
 */
final class BrokerDialer {
  /** How AWS IoT Core is told on port 443 that MQTT is spoken, with a certificate. */
  static final String ALPN = "x-amzn-mqtt-ca";

  private static final int ALPN_PORT = 443;
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /** The MQTT client reads with a time-out, to see now and then whether it is to end. */
  private static final int READ_MILLIS = 1000;

  private final BrokerSettings settings;
  private final TrustStore trust;
  private final Map<String, String> environment;
  private volatile @Nullable Socket current;
  private volatile boolean cancelled;

  BrokerDialer(BrokerSettings settings, TrustStore trust, Map<String, String> environment) {
    this.settings = settings;
    this.trust = trust;
    this.environment = environment;
  }

  /** Returns the longest time for each step, and for an answer of the broker. */
  Duration timeout() {
    return settings.timeout();
  }

  /**
   * Opens the way; blocks.
   *
   * @return what carries MQTT; the caller closes it.
   * @throws IOException if there is no way; the message says why, and nothing is left open then.
   */
  Socket dial() throws IOException {
    HostPort broker = settings.address().at();
    // Before the connection: the broker need not hear of a mistake in a file.
    @Nullable SSLContext context = settings.address().tls() ? context() : null;
    Optional<WebProxy> proxy = proxy();
    try {
      Socket way = connect(proxy.map(WebProxy::address).orElse(broker), proxy.isPresent());
      if (proxy.isPresent()) {
        way = through(way, proxy.get(), broker);
      }
      if (context != null) {
        way = secure(way, context, broker, true);
      }
      way.setSoTimeout(READ_MILLIS);
      return way;
    } catch (IOException e) {
      cancel();
      throw e;
    }
  }

  /** Gives up, without waiting: it cuts TCP, and leaves TLS alone. */
  void cancel() {
    cancelled = true;
    Socket open = current;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It is not used any more, whatever its state.
      }
    }
  }

  private SSLContext context() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(settings.keys().keyManagers(), new TrustManager[] {trust.trustManager()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be used here", e);
    }
  }

  private Optional<WebProxy> proxy() throws IOException {
    try {
      return settings.proxy(environment);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Tries the addresses of a name one after the other, in the time for one. */
  private Socket connect(HostPort to, boolean isProxy) throws IOException {
    String name = (isProxy ? "web proxy " : "") + to;
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(to.host());
    } catch (UnknownHostException e) {
      throw new IOException(name + ": no address is known for this name", e);
    }
    long end = System.nanoTime() + settings.timeout().toNanos();
    IOException failure = new IOException(name + ": no address is known for this name");
    for (int i = 0; i < addresses.length; i++) {
      long share = (end - System.nanoTime()) / (addresses.length - i);
      int wait = Math.toIntExact(Math.max(1, TimeUnit.NANOSECONDS.toMillis(share)));
      Socket socket = new Socket();
      hold(socket);
      try {
        socket.connect(new InetSocketAddress(addresses[i], to.port()), wait);
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        return socket;
      } catch (SocketTimeoutException e) {
        failure = new IOException(name + ": no connection within " + millis() + " ms", e);
      } catch (IOException e) {
        failure = new IOException(name + ": " + e.getMessage(), e);
      }
      socket.close();
    }
    throw failure;
  }

  private Socket through(Socket way, WebProxy proxy, HostPort broker) throws IOException {
    Socket open = way;
    if (proxy.tls()) {
      try {
        SSLContext plain = SSLContext.getInstance("TLS");
        plain.init(null, new TrustManager[] {trust.trustManager()}, null);
        open = secure(way, plain, proxy.address(), false);
      } catch (GeneralSecurityException e) {
        throw new IOException("TLS cannot be used here", e);
      }
    }
    open.setSoTimeout(millis());
    new ProxyConnect(proxy, broker).ask(open);
    return open;
  }

  private Socket secure(Socket way, SSLContext context, HostPort to, boolean toBroker)
      throws IOException {
    way.setSoTimeout(millis());
    SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(way, to.host(), to.port(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (toBroker && to.port() == ALPN_PORT) {
      parameters.setApplicationProtocols(new String[] {ALPN});
    }
    tls.setSSLParameters(parameters);
    try {
      tls.startHandshake();
    } catch (SocketTimeoutException e) {
      throw new IOException(to + ": no TLS handshake within " + millis() + " ms", e);
    }
    return tls;
  }

  private void hold(Socket socket) throws IOException {
    current = socket;
    if (cancelled) {
      socket.close();
      throw new IOException("given up");
    }
  }

  private int millis() {
    return Math.toIntExact(settings.timeout().toMillis());
  }

  /** Returns host and port of the broker. */
  @Override
  public String toString() {
    return settings.address().toString();
  }
}
