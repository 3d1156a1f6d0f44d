// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an endpoint may look like. The rules of the engine, told before anything is started. */
public final class EndpointSyntax {
  /** What a destination may be, for messages. */
  public static final String DESTINATION =
      "must be a port (1 to 65535), host:port, [IPv6]:port or the path of a Unix socket with a '/'";

  /** What a source may listen on, for messages. */
  public static final String SOURCE =
      "must be a port (0 to 65535, 0 lets the system choose), host:port or [IPv6]:port";

  /** What the tunnelling service may be reached at, for messages. */
  public static final String SERVICE =
      "must be host, host:port, [IPv6] or [IPv6]:port with a port of 1 to 65535";

  /** What a local address may be, for messages. */
  public static final String ADDRESS = "must be a host name, an IPv4 or an IPv6 address";

  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  // What has digits and dots only is an IPv4 address, and no host name.
  private static final String NAME =
      "(("
          + BYTE
          + "\\.){3}"
          + BYTE
          + "|(?=[0-9.]*[a-zA-Z_-])[a-zA-Z0-9_]([a-zA-Z0-9._-]{0,251}[a-zA-Z0-9_.])?)";
  private static final String IPV6 =
      "[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}([0-9]{1,3}(\\.[0-9]{1,3}){3})?(%[a-zA-Z0-9._-]+)?";
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:" + NAME + "|\\[" + IPV6 + "])(?::(?<port>[0-9]{1,5}))?");
  private static final Pattern HOST = Pattern.compile(NAME + "|" + IPV6 + "|\\[" + IPV6 + "]");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final int MAX_PATH = 4096;

  private EndpointSyntax() {}

  /**
   * Tells whether a destination can be reached at this endpoint.
   *
   * @param endpoint what was given.
   * @return whether it is as {@link #DESTINATION} says.
   */
  public static boolean isDestination(String endpoint) {
    if (endpoint.indexOf('/') >= 0) {
      return endpoint.length() <= MAX_PATH
          && !endpoint.endsWith("/")
          && endpoint.chars().noneMatch(Character::isISOControl);
    }
    return isLocal(endpoint, 1);
  }

  /**
   * Tells whether a source can listen on this endpoint.
   *
   * @param endpoint what was given.
   * @return whether it is as {@link #SOURCE} says.
   */
  public static boolean isSource(String endpoint) {
    return isLocal(endpoint, 0);
  }

  /**
   * Tells whether the tunnelling service can be reached at this endpoint.
   *
   * @param endpoint what was given.
   * @return whether it is as {@link #SERVICE} says.
   */
  public static boolean isService(String endpoint) {
    Matcher matcher = HOST_AND_PORT.matcher(endpoint);
    return matcher.matches()
        && hasValidLiteral(endpoint)
        && (matcher.group("port") == null || isPort(matcher.group("port"), 1));
  }

  /**
   * Tells whether this is a local address without a port.
   *
   * @param address what was given.
   * @return whether it is as {@link #ADDRESS} says.
   */
  public static boolean isAddress(String address) {
    return HOST.matcher(address).matches() && hasValidLiteral(address);
  }

  private static boolean isLocal(String endpoint, int lowestPort) {
    if (DIGITS.matcher(endpoint).matches()) {
      return isPort(endpoint, lowestPort);
    }
    Matcher matcher = HOST_AND_PORT.matcher(endpoint);
    return matcher.matches()
        && hasValidLiteral(endpoint)
        && matcher.group("port") != null
        && isPort(matcher.group("port"), lowestPort);
  }

  /** Tells whether an IPv6 literal, if there is one, is an address; the pattern takes more. */
  private static boolean hasValidLiteral(String text) {
    String literal = text;
    if (text.startsWith("[")) {
      literal = text.substring(1, text.indexOf(']'));
    } else if (text.indexOf(':') == text.lastIndexOf(':')) {
      return true;
    }
    int scope = literal.indexOf('%');
    try {
      // In brackets it is read as an address and never looked up.
      InetAddress.getByName("[" + (scope < 0 ? literal : literal.substring(0, scope)) + "]");
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean isPort(String digits, int lowest) {
    if (digits.length() > 5) {
      return false;
    }
    int port = Integer.parseInt(digits);
    return port >= lowest && port <= 65535;
  }
}
