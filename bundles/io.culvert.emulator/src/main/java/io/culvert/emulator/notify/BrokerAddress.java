// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.notify;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an MQTT broker is: on this machine, as the emulator speaks to no other. Immutable.
 *
 * @param tls whether it is spoken to over TLS.
 * @param host {@code localhost}, or a literal address of loopback, IPv6 without brackets.
 * @param port its TCP port.
 */
public record BrokerAddress(boolean tls, String host, int port) {
  private static final int MAX_PORT = 65535;
  private static final Pattern FORM =
      Pattern.compile("(?:(mqtts?)://)?(\\[[0-9a-fA-F:.]+]|[^\\[\\]:/@\\s]+):([0-9]{1,5})/?");

  /**
   * Reads an address.
   *
   * @param text {@code HOST:PORT} or {@code mqtts://HOST:PORT}; {@code mqtt://HOST:PORT} for plain
   *     TCP.
   * @return the address.
   * @throws IllegalArgumentException if it has another form or leads to another machine; the
   *     message says what is allowed.
   */
  public static BrokerAddress parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be HOST:PORT, or mqtt://HOST:PORT without TLS");
    }
    int port = Integer.parseInt(matcher.group(3));
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("must have a port from 1 to " + MAX_PORT);
    }
    String host = matcher.group(2).replaceAll("[\\[\\]]", "");
    if (!isLoopback(host)) {
      throw new IllegalArgumentException(
          "must be localhost, 127.0.0.1 or [::1]: the emulator speaks to this machine only");
    }
    return new BrokerAddress(!"mqtt".equals(matcher.group(1)), host, port);
  }

  /** Asks no name server: a name that leads to loopback today may lead elsewhere tomorrow. */
  private static boolean isLoopback(String host) {
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
    if (literal == null) {
      return host.equalsIgnoreCase("localhost");
    }
    try {
      return InetAddress.getByAddress(literal).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  /** Returns host and port. */
  String endpoint() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  @Override
  public String toString() {
    return (tls ? "mqtts://" : "mqtt://") + endpoint();
  }
}
