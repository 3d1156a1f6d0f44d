// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads IP addresses as people write them; never asks a name server. Stateless. */
final class AddressLiteral {
  private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private AddressLiteral() {}

  /**
   * Reads an address.
   *
   * @param text four numbers with dots between, or an IPv6 address without brackets; what follows a
   *     percent sign is its zone, and left out.
   * @return its 4 or 16 bytes, absent if it is none.
   */
  static byte @Nullable [] bytes(String text) {
    return text.indexOf(':') < 0 ? v4(text) : v6(text);
  }

  private static byte @Nullable [] v4(String text) {
    if (!V4.matcher(text).matches()) {
      return null;
    }
    byte[] bytes = new byte[4];
    int i = 0;
    for (String number : text.split("\\.")) {
      int value = Integer.parseInt(number);
      if (value > 255) {
        return null;
      }
      bytes[i++] = (byte) value;
    }
    return bytes;
  }

  private static byte @Nullable [] v6(String text) {
    int zone = text.indexOf('%');
    String address = zone < 0 ? text : text.substring(0, zone);
    if (!V6.matcher(address).matches()) {
      return null;
    }
    try {
      // What is in brackets is never looked up.
      return InetAddress.getByName("[" + address + "]").getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
