// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import io.culvert.api.Secret;
import io.culvert.config.HostPort;
import io.culvert.config.Printable;
import io.culvert.config.WebProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks a web proxy for a way, with HTTP CONNECT (RFC 9110, 9.3.6). Java's own way to do so knows
 * credentials for the whole process only. Immutable; {@link #ask} blocks.
 */
final class ProxyConnect {
  private static final int MAX_ANSWER = 16 * 1024;
  private static final int MAX_SHOWN = 100;
  private static final int WANTS_CREDENTIALS = 407;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: (.*))?");
  private static final String END = "\r\n\r\n";

  private final WebProxy proxy;
  private final HostPort target;
  private final @Nullable Secret credentials;

  ProxyConnect(WebProxy proxy, HostPort target) {
    this.proxy = proxy;
    this.target = target;
    this.credentials = credentials(proxy);
  }

  /**
   * Asks, and reads the answer and nothing after it.
   *
   * @param socket to the proxy, with the longest time to wait as its time-out.
   * @throws IOException if there is no way; the message holds no credentials.
   */
  void ask(Socket socket) throws IOException {
    String request =
        "CONNECT "
            + target
            + " HTTP/1.1\r\nHost: "
            + target
            + "\r\n"
            + (credentials == null
                ? ""
                : "Proxy-Authorization: Basic " + credentials.reveal() + "\r\n")
            + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    String answer;
    try {
      answer = head(socket.getInputStream(), socket.getSoTimeout());
    } catch (SocketTimeoutException e) {
      throw new IOException(this + " did not answer in time", e);
    }
    Matcher status = STATUS.matcher(answer.substring(0, answer.indexOf('\r')));
    if (!status.matches()) {
      throw new IOException(this + " does not speak HTTP");
    }
    int code = Integer.parseInt(status.group(1));
    if (code == WANTS_CREDENTIALS) {
      throw new IOException(
          this
              + (credentials == null ? " wants credentials" : " wants other credentials")
              + " (407): set the user name and password in web.proxy; only Basic is supported");
    }
    if (code < 200 || code > 299) {
      String reason =
          new Printable(credentials, proxy.password()).clean(status.group(2), MAX_SHOWN);
      throw new IOException(this + " opened no way: " + code + " " + reason);
    }
  }

  /** Byte by byte: what follows belongs to the broker. All of it has to come in time. */
  private String head(InputStream in, long millis) throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < END.length()) {
      int next = in.read();
      if (next < 0) {
        throw new IOException(this + " ended the connection");
      }
      if (System.nanoTime() - end > 0) {
        throw new SocketTimeoutException();
      }
      if (read.size() == MAX_ANSWER) {
        throw new IOException(this + " sent more than " + MAX_ANSWER + " bytes of headers");
      }
      read.write(next);
      matched = next == END.charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return read.toString(StandardCharsets.ISO_8859_1);
  }

  private static @Nullable Secret credentials(WebProxy proxy) {
    if (proxy.user() == null) {
      return null;
    }
    String password = proxy.password() == null ? "" : proxy.password().reveal();
    return Secret.of(
        Base64.getEncoder()
            .encodeToString((proxy.user() + ":" + password).getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public String toString() {
    return "the web proxy at " + proxy.address();
  }
}
