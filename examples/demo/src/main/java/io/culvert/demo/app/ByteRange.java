// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.app;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file, as the header {@code Range} of HTTP asks for it. Immutable.
 *
 * @param from its first byte.
 * @param to the byte behind its last.
 */
record ByteRange(long from, long to) {
  private static final Pattern SYNTAX = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * Reads the header.
   *
   * @return empty if it counts as if it were not there: no header, or one that is not understood,
   *     such as several ranges; a range without bytes if there are none to give.
   */
  static Optional<ByteRange> parse(@Nullable String header, long length) {
    Matcher matcher = SYNTAX.matcher(header == null ? "" : header);
    if (!matcher.matches() || header == null || header.equals("bytes=-")) {
      return Optional.empty();
    }
    String first = matcher.group(1);
    String last = matcher.group(2);
    if (first.isEmpty()) {
      return Optional.of(new ByteRange(Math.max(0, length - Long.parseLong(last)), length));
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? length : Math.min(length, Long.parseLong(last) + 1);
    if (!last.isEmpty() && Long.parseLong(last) < from) {
      return Optional.empty();
    }
    return Optional.of(new ByteRange(from, Math.max(from, to)));
  }

  long size() {
    return to - from;
  }

  /** Whether the file has these bytes. */
  boolean isWithin(long length) {
    return size() > 0 && to <= length;
  }
}
