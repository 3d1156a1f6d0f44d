// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import io.culvert.api.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A web proxy that opens a way with HTTP CONNECT. Immutable; neither its {@link #toString()} nor an
 * error about it shows the credentials.
 *
 * @param address where it listens.
 * @param tls whether the proxy itself is spoken to through TLS.
 * @param user the user name, absent if it asks for none.
 * @param password the password of that user.
 * @param noProxy hosts to reach without the proxy; see {@link #bypasses(HostPort)}.
 */
public record WebProxy(
    HostPort address,
    boolean tls,
    @Nullable String user,
    @Nullable Secret password,
    List<String> noProxy) {

  private static final int DEFAULT_PORT = 3128;
  private static final String ADDRESS_RULE =
      "the address must be host, host:port or [IPv6]:port with a port of 1 to 65535, and nothing"
          + " after it";

  /** Checks the values. */
  public WebProxy {
    noProxy = List.copyOf(noProxy);
    if (address.port() == 0) {
      throw new IllegalArgumentException(ADDRESS_RULE);
    }
    if (user != null && user.indexOf(':') >= 0) {
      throw new IllegalArgumentException("the user name must not contain a colon");
    }
  }

  /**
   * Reads a proxy's URL.
   *
   * @param url {@code http://} or {@code https://}, then {@code user:password@} (percent-encoded)
   *     if wanted, and {@code host} or {@code host:port}; without a scheme it is {@code http}.
   * @param noProxy hosts to reach without the proxy, separated by commas.
   * @return the proxy.
   * @throws IllegalArgumentException if the URL has another form; the message says what is wrong
   *     and does not repeat the URL, which may hold a password.
   */
  public static WebProxy parse(String url, String noProxy) {
    String rest = url.trim();
    boolean tls = false;
    int scheme = rest.indexOf("://");
    if (scheme >= 0) {
      String name = rest.substring(0, scheme).toLowerCase(Locale.ROOT);
      if (!name.equals("http") && !name.equals("https")) {
        throw new IllegalArgumentException(
            "the scheme must be http:// or https://; other kinds are not supported");
      }
      tls = name.equals("https");
      rest = rest.substring(scheme + 3);
    }
    // The last @: a password may hold one that is not encoded.
    int at = rest.lastIndexOf('@');
    String authority = rest.substring(at + 1);
    if (authority.endsWith("/")) {
      authority = authority.substring(0, authority.length() - 1);
    }
    HostPort address;
    try {
      address = HostPort.parse(authority, null, DEFAULT_PORT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(ADDRESS_RULE);
    }
    if (at < 0) {
      return new WebProxy(address, tls, null, null, split(noProxy));
    }
    String credentials = rest.substring(0, at);
    int colon = credentials.indexOf(':');
    String user = decode(colon < 0 ? credentials : credentials.substring(0, colon));
    String password = colon < 0 ? "" : decode(credentials.substring(colon + 1));
    if (user.isEmpty()) {
      throw new IllegalArgumentException("the user name before '@' is empty");
    }
    return new WebProxy(address, tls, user, Secret.of(password), split(noProxy));
  }

  /**
   * Reads the proxy that the environment names: {@code https_proxy}, else {@code HTTPS_PROXY}, with
   * {@code no_proxy}, else {@code NO_PROXY}. An empty variable counts as absent.
   *
   * @param env the environment variables.
   * @return the proxy, empty if there is none.
   * @throws IllegalArgumentException as {@link #parse} does, naming the variable.
   */
  public static Optional<WebProxy> fromEnvironment(Map<String, String> env) {
    for (String name : List.of("https_proxy", "HTTPS_PROXY")) {
      String url = env.getOrDefault(name, "").trim();
      if (!url.isEmpty()) {
        String noProxy = env.getOrDefault("no_proxy", "").trim();
        try {
          return Optional.of(
              parse(url, noProxy.isEmpty() ? env.getOrDefault("NO_PROXY", "") : noProxy));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "environment variable " + name + " names no web proxy: " + e.getMessage());
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Tells whether a host is to be reached without the proxy. An entry is {@code *}, a host name
   * (which covers the names below it, with or without a leading dot), an address literal or a CIDR
   * block; all but the block may carry a port.
   *
   * @param target where to go.
   * @return whether an entry covers it.
   */
  public boolean bypasses(HostPort target) {
    return noProxy.stream().anyMatch(entry -> NoProxyEntry.covers(entry, target));
  }

  /** Returns the URL without the credentials. */
  @Override
  public String toString() {
    return (tls ? "https://" : "http://") + address + (user == null ? "" : " with credentials");
  }

  private static List<String> split(String noProxy) {
    return Stream.of(noProxy.split("[,\\s]+")).filter(entry -> !entry.isEmpty()).toList();
  }

  /** Decodes %XX only: a plus sign in a user name or password is a plus sign. */
  private static String decode(String text) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] != '%') {
        out.put(in[i]);
        continue;
      }
      int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw new IllegalArgumentException(
            "in the credentials '%' must be followed by two hexadecimal digits (a"
                + " percent sign itself is %25)");
      }
      out.put((byte) (high << 4 | low));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the credentials must be UTF-8");
    }
  }
}
