// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The usual rules of {@code NO_PROXY}. An entry that makes no sense covers nothing. */
final class NoProxyEntry {
  private NoProxyEntry() {}

  /**
   * Tells whether an entry covers a host and port.
   *
   * @param entry the entry, without white space around it.
   * @param target where to go.
   * @return whether the proxy is to be left out.
   */
  static boolean covers(String entry, HostPort target) {
    if (entry.equals("*")) {
      return true;
    }
    byte @Nullable [] address = AddressLiteral.bytes(target.host());
    int slash = entry.indexOf('/');
    if (slash >= 0) {
      return address != null
          && coversBlock(entry.substring(0, slash), entry.substring(slash + 1), address);
    }
    String host = entry;
    int colon = entry.lastIndexOf(':');
    boolean portFollows =
        colon >= 0
            && (entry.indexOf(':') == colon
                || (entry.startsWith("[") && entry.charAt(colon - 1) == ']'));
    if (portFollows) {
      if (!entry.substring(colon + 1).equals(Integer.toString(target.port()))) {
        return false;
      }
      host = entry.substring(0, colon);
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (address != null) {
      return Arrays.equals(address, AddressLiteral.bytes(host));
    }
    return coversName(name(host), name(target.host()));
  }

  private static boolean coversName(String suffix, String name) {
    String bare = suffix.startsWith("*.") ? suffix.substring(2) : suffix;
    bare = bare.startsWith(".") ? bare.substring(1) : bare;
    return !bare.isEmpty() && (name.equals(bare) || name.endsWith("." + bare));
  }

  private static boolean coversBlock(String network, String prefix, byte[] address) {
    byte @Nullable [] base = AddressLiteral.bytes(network);
    if (base == null || base.length != address.length || !prefix.matches("[0-9]{1,3}")) {
      return false;
    }
    int bits = Integer.parseInt(prefix);
    if (bits > 8 * base.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % 8;
      if ((base[bit / 8] & mask) != (address[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static String name(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
