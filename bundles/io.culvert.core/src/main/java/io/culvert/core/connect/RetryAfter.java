// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** Reads the {@code Retry-After} header. */
final class RetryAfter {
  /** Longer than any tunnel lives; keeps arithmetic on the result safe. */
  private static final Duration MAX = Duration.ofDays(1);

  private RetryAfter() {}

  /**
   * Reads the header, in seconds or as a date. A date counts from the answer's own {@code Date}, as
   * this machine's clock may be wrong.
   *
   * @param headers the headers of the answer.
   * @param nowMillis this machine's clock, used without a {@code Date} header.
   * @return how long to wait, 0 to one day; null without a valid header.
   */
  static @Nullable Duration of(HttpHeaders headers, long nowMillis) {
    String value = headers.get(HttpHeaderNames.RETRY_AFTER);
    if (value == null) {
      return null;
    }
    String text = value.strip();
    if (text.matches("[0-9]+")) {
      return text.length() > 9 ? MAX : limit(Duration.ofSeconds(Long.parseLong(text)));
    }
    Date until = DateFormatter.parseHttpDate(text);
    if (until == null) {
      return null;
    }
    String date = headers.get(HttpHeaderNames.DATE);
    Date sent = date == null ? null : DateFormatter.parseHttpDate(date.strip());
    return limit(
        Duration.ofMillis(
            until.toInstant().toEpochMilli()
                - (sent == null ? nowMillis : sent.toInstant().toEpochMilli())));
  }

  private static Duration limit(Duration value) {
    if (value.isNegative()) {
      return Duration.ZERO;
    }
    return value.compareTo(MAX) > 0 ? MAX : value;
  }
}
