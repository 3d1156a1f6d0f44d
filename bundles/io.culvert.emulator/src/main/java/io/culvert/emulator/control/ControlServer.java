// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on loopback for what is not the hot path. Every request first passes {@link
 * LocalClientsOnly}. Handlers run on threads of its own; {@link #close()} leaves no thread and no
 * port behind. Callable from any thread.
 */
public final class ControlServer implements AutoCloseable {
  /** As many clients may be slow at a time without keeping others from being served. */
  private static final int THREADS = 256;

  private static final long IDLE_SECONDS = 10;
  private static final long SHUTDOWN_SECONDS = 5;

  private final int port;
  private final String scheme;
  private final HttpServer server;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          new DefaultThreadFactory("culvert-emulator-control", true));

  /**
   * Makes a server that does not listen yet.
   *
   * @param port the port, 0 for one that the system chooses.
   * @param tls the server side of TLS, null for plain HTTP.
   * @throws IOException if the system has no socket left.
   */
  public ControlServer(int port, @Nullable SSLContext tls) throws IOException {
    this.port = port;
    if (tls == null) {
      scheme = "http";
      server = HttpServer.create();
    } else {
      scheme = "https";
      HttpsServer secure = HttpsServer.create();
      secure.setHttpsConfigurator(new HttpsConfigurator(tls));
      server = secure;
    }
    threads.allowCoreThreadTimeOut(true);
    server.setExecutor(threads);
  }

  /**
   * Adds a handler. Paths that no handler was added for are those of the handler of "/".
   *
   * @param path where, beginning with a slash; what is below belongs to it, too.
   * @param handler answers requests; it has to close each exchange.
   */
  public void addContext(String path, HttpHandler handler) {
    server.createContext(path, handler).getFilters().add(new LocalClientsOnly());
  }

  /**
   * Begins to listen and to answer.
   *
   * @throws IOException if the port cannot be taken.
   */
  public void start() throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try {
      server.bind(address, 0);
    } catch (IOException e) {
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
    server.start();
  }

  /**
   * Returns where it listens, by a name that the certificate is good for by default.
   *
   * @throws IllegalStateException if it does not listen yet.
   */
  public URI endpoint() {
    InetSocketAddress address = server.getAddress();
    if (address == null) {
      throw new IllegalStateException("the control server does not listen yet");
    }
    return URI.create(scheme + "://localhost:" + address.getPort());
  }

  /** Closes the port and all connections at once. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    try {
      threads.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return "control server on " + server.getAddress();
  }
}
