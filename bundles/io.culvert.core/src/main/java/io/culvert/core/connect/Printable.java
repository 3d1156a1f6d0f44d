// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.culvert.api.Secret;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes text of the other side fit for a log line: no control or formatting characters, a bounded
 * length, and none of the attempt's secrets, which a strange server could send back.
 */
final class Printable {
  private final List<String> secrets;

  /**
   * Makes a filter.
   *
   * @param secrets what must not be shown; null and empty ones are skipped.
   */
  Printable(@Nullable Secret... secrets) {
    this.secrets =
        Arrays.stream(secrets)
            .filter(secret -> secret != null && !secret.reveal().isEmpty())
            .map(Secret::reveal)
            .toList();
  }

  /**
   * Cleans a text.
   *
   * @param text what the other side sent, may be absent.
   * @param maxLength the longest result, in characters.
   * @return the text in one line, empty if there is nothing to show.
   */
  String clean(@Nullable String text, int maxLength) {
    if (text == null) {
      return "";
    }
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints().filter(Printable::isVisible).forEach(visible::appendCodePoint);
    String result = visible.toString();
    for (String secret : secrets) {
      result = result.replace(secret, "****");
    }
    result = result.strip();
    return result.length() <= maxLength ? result : result.substring(0, maxLength) + "…";
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
