// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import io.culvert.config.HostPort;

/**
 * Where a broker is. Immutable.
 *
 * @param at host and port.
 * @param tls whether it is spoken to over TLS.
 */
record BrokerAddress(HostPort at, boolean tls) {
  private static final int TLS_PORT = 8883;
  private static final int PLAIN_PORT = 1883;
  private static final String PLAIN = "mqtt://";
  private static final String TLS = "mqtts://";
  private static final String ALLOWED =
      "must be host, host:port or [IPv6]:port with a port of 1 to 65535; mqtts:// may stand before"
          + " it, and mqtt:// for this machine without TLS";

  /**
   * Reads an address.
   *
   * @param text host and port; {@code mqtts://} before them says nothing new, {@code mqtt://} that
   *     there is no TLS, which only this machine may do without: notifications hold tokens.
   * @return the address.
   * @throws IllegalArgumentException if it has another form; the message says what is allowed.
   */
  static BrokerAddress parse(String text) {
    boolean tls = !text.startsWith(PLAIN);
    String rest = text.startsWith(TLS) ? text.substring(TLS.length()) : text;
    rest = tls ? rest : rest.substring(PLAIN.length());
    HostPort at;
    try {
      at = HostPort.parse(rest, null, tls ? TLS_PORT : PLAIN_PORT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(ALLOWED, e);
    }
    if (at.port() == 0) {
      throw new IllegalArgumentException(ALLOWED);
    }
    if (!tls && !isHere(at.host())) {
      throw new IllegalArgumentException(
          "must not begin with mqtt:// but for localhost, 127.0.0.1 or [::1]: notifications hold"
              + " tokens, so any other broker needs TLS");
    }
    return new BrokerAddress(at, tls);
  }

  /** Asks no name server: a name that leads to loopback today may lead elsewhere tomorrow. */
  private static boolean isHere(String host) {
    return host.equalsIgnoreCase("localhost") || host.equals("127.0.0.1") || host.equals("::1");
  }

  /** Returns host and port. */
  @Override
  public String toString() {
    return at.toString();
  }
}
