// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.app;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.culvert.demo.DemoException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A web server on localhost, on a port of the system's choice. It has threads of its own until it
 * is closed.
 */
public final class WebServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private WebServer(Map<String, HttpHandler> handlers) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    handlers.forEach(server::createContext);
    server.start();
  }

  /**
   * Starts a web site: a page, and a large file.
   *
   * @param paced how fast the file is when it is asked for by its second name.
   */
  public static WebServer site(String page, Noise file, Pace paced) throws DemoException {
    return start(
        Map.of(
            "/",
            new TextHandler("/", "text/html", page),
            "/big.bin",
            new FileHandler(file, null),
            "/paced.bin",
            new FileHandler(file, paced)));
  }

  /** Starts an application that answers every request with a text. */
  public static WebServer greeting(String text) throws DemoException {
    return start(Map.of("/", new TextHandler("/", "text/plain", text)));
  }

  private static WebServer start(Map<String, HttpHandler> handlers) throws DemoException {
    try {
      return new WebServer(handlers);
    } catch (IOException e) {
      throw new DemoException("a web server cannot be started: " + e.getMessage(), e);
    }
  }

  /** Returns host and port. */
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
