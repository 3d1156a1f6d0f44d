// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import org.jspecify.annotations.Nullable;

/**
 * A host name or address literal, and a port.
 *
 * @param host the host, an IPv6 address without brackets.
 * @param port the port, 0 to 65535.
 */
public record HostPort(String host, int port) {
  private static final String ALLOWED =
      "must be a port, host:port or [IPv6]:port with a port of 0 to 65535";

  /**
   * Reads {@code port}, {@code host:port}, {@code [IPv6]:port}, or {@code host} alone if there is a
   * default port.
   *
   * @param text what to read.
   * @param defaultHost the host of a bare port, absent if a bare port is not allowed.
   * @param defaultPort the port of a bare host, -1 if a bare host is not allowed.
   * @return the address.
   * @throws IllegalArgumentException if the text has another form; the message does not repeat it.
   */
  public static HostPort parse(String text, @Nullable String defaultHost, int defaultPort) {
    String host;
    String port;
    int close = text.indexOf(']');
    if (text.startsWith("[") && close > 0) {
      host = text.substring(1, close);
      String rest = text.substring(close + 1);
      if ((!rest.isEmpty() && !rest.startsWith(":")) || host.indexOf(':') < 0 || !isHost(host)) {
        throw new IllegalArgumentException(ALLOWED);
      }
      port = rest.isEmpty() ? "" : rest.substring(1);
      if (rest.equals(":")) {
        throw new IllegalArgumentException(ALLOWED);
      }
    } else if (defaultHost != null && !text.isEmpty() && text.chars().allMatch(HostPort::isDigit)) {
      host = defaultHost;
      port = text;
    } else {
      int colon = text.lastIndexOf(':');
      host = colon < 0 ? text : text.substring(0, colon);
      port = colon < 0 ? "" : text.substring(colon + 1);
      if (colon == text.length() - 1 || host.indexOf(':') >= 0) {
        throw new IllegalArgumentException(ALLOWED);
      }
    }
    if (!isHost(host)) {
      throw new IllegalArgumentException(ALLOWED);
    }
    if (port.isEmpty()) {
      if (defaultPort < 0) {
        throw new IllegalArgumentException(ALLOWED);
      }
      return new HostPort(host, defaultPort);
    }
    return new HostPort(host, parsePort(port));
  }

  private static int parsePort(String port) {
    if (port.length() > 5 || !port.chars().allMatch(HostPort::isDigit)) {
      throw new IllegalArgumentException(ALLOWED);
    }
    int value = Integer.parseInt(port);
    if (value > 65535) {
      throw new IllegalArgumentException(ALLOWED);
    }
    return value;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Tells a host name or literal from text; what has digits and dots only is an IPv4 address. */
  private static boolean isHost(String host) {
    if (host.indexOf(':') >= 0 || host.chars().allMatch(c -> isDigit(c) || c == '.')) {
      return AddressLiteral.bytes(host) != null;
    }
    return host.chars().allMatch(HostPort::isNameCharacter);
  }

  private static boolean isNameCharacter(int c) {
    return isDigit(c)
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '.'
        || c == '-'
        || c == '_';
  }

  /** Returns {@code host:port}, with brackets around an IPv6 address. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
