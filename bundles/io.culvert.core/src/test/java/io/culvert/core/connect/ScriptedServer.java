// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.config.HostPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A server on loopback that plays a script on each connection, with blocking JDK sockets so that it
 * shares no code with what it tests.
 */
final class ScriptedServer implements AutoCloseable {
  /** What happens on one connection; the socket is closed after it. */
  interface Script {
    void play(Socket socket) throws Exception;
  }

  private final ServerSocket listener;
  private final Script script;
  private final Set<Socket> open = new HashSet<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();

  ScriptedServer(Script script) throws IOException {
    this.script = script;
    this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    start(this::acceptAll);
  }

  /** Plays the script behind a TLS handshake. */
  static ScriptedServer tls(SSLContext context, Script script) throws IOException {
    return new ScriptedServer(socket -> script.play(secure(context, socket)));
  }

  static SSLSocket secure(SSLContext context, Socket socket) throws IOException {
    SSLSocket secure =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, "client", socket.getPort(), true);
    secure.setUseClientMode(false);
    secure.startHandshake();
    return secure;
  }

  /** Reads the request, answers these bytes ({@code $ACCEPT} filled in), waits for the end. */
  Script answering(String answer) {
    return socket -> {
      String request = readHead(socket.getInputStream());
      requests.add(request);
      socket.getOutputStream().write(fill(answer, request).getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      silent(socket);
    };
  }

  static void silent(Socket socket) throws IOException {
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  static String fill(String answer, String request) throws Exception {
    Matcher key = Pattern.compile("(?im)^sec-websocket-key: (.*)$").matcher(request);
    if (!key.find()) {
      return answer;
    }
    byte[] digest =
        MessageDigest.getInstance("SHA-1")
            .digest(
                (key.group(1).trim() + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                    .getBytes(StandardCharsets.US_ASCII));
    return answer.replace("$ACCEPT", Base64.getEncoder().encodeToString(digest));
  }

  /** Returns the name that the client indicated in the TLS handshake. */
  static String serverName(Socket secure) {
    ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) secure).getSession();
    return ((SNIHostName) session.getRequestedServerNames().get(0)).getAsciiName();
  }

  /** Reads up to and with the empty line. */
  static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("cut after: " + head.size() + " bytes");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  HostPort at(String host) {
    return new HostPort(host, listener.getLocalPort());
  }

  List<String> requests() {
    return requests;
  }

  /** Waits for the next connection. */
  void awaitConnection() throws InterruptedException {
    assertThat(accepted.poll(10, TimeUnit.SECONDS)).isNotNull();
  }

  /** Waits until no connection is open any more. */
  void awaitNoConnection() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    synchronized (open) {
      while (!open.isEmpty() && System.nanoTime() < deadline) {
        open.wait(100);
      }
      assertThat(open).isEmpty();
    }
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        synchronized (open) {
          open.add(socket);
        }
        accepted.add(socket);
        start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      script.play(socket);
    } catch (Exception e) {
      // The client has gone, which is what many tests want.
    } finally {
      synchronized (open) {
        open.remove(socket);
        open.notifyAll();
      }
    }
  }

  static void start(Runnable task) {
    Thread thread = new Thread(task, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    synchronized (open) {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }
}
