// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.broker;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes the few forms of ASN.1 DER that a certificate is made of (X.690). Stateless. */
final class Der {
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Der() {}

  /** Returns a value: its tag, its length, and what it is made of. */
  static byte[] value(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(tag);
    int length = content.size();
    if (length > 0xff) {
      value.write(0x82);
      value.write(length >> 8);
    } else if (length > 0x7f) {
      value.write(0x81);
    }
    value.write(length);
    value.writeBytes(content.toByteArray());
    return value.toByteArray();
  }

  static byte[] sequence(byte[]... parts) {
    return value(SEQUENCE, parts);
  }

  static byte[] integer(BigInteger number) {
    return value(INTEGER, number.toByteArray());
  }

  static byte[] text(String text) {
    return value(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a moment before the year 2050. */
  static byte[] time(Instant moment) {
    return value(UTC_TIME, TIME.format(moment).getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] octets(byte[] content) {
    return value(OCTET_STRING, content);
  }

  /** Returns whole bytes as a string of bits. */
  static byte[] bits(byte[] content) {
    return value(BIT_STRING, new byte[] {0}, content);
  }

  /** Returns an object identifier such as {@code 2.5.4.3}. */
  static byte[] oid(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      int arc = Integer.parseInt(arcs[i]);
      for (int shift = 28; shift > 0; shift -= 7) {
        if (arc >> shift > 0) {
          content.write(arc >> shift & 0x7f | 0x80);
        }
      }
      content.write(arc & 0x7f);
    }
    return value(OBJECT_IDENTIFIER, content.toByteArray());
  }
}
