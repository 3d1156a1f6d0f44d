// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import io.culvert.api.Secret;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes text of the other side fit for a log line: no control or formatting characters, a bounded
 * length, and none of the attempt's secrets, which a strange server could send back, nor a piece of
 * one. Immutable.
 */
public final class Printable {
  /** A piece of a secret from which on it is recognised, in characters. */
  private static final int PIECE = 16;

  private final List<String> secrets;

  /**
   * Makes a filter.
   *
   * @param secrets what must not be shown; null and empty ones are skipped.
   */
  public Printable(@Nullable Secret... secrets) {
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
  public String clean(@Nullable String text, int maxLength) {
    if (text == null) {
      return "";
    }
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints().filter(Printable::isVisible).forEach(visible::appendCodePoint);
    String result = hide(visible.toString()).strip();
    return result.length() <= maxLength ? result : result.substring(0, maxLength) + "…";
  }

  /**
   * Tells whether a text that cannot be changed, such as a name, holds a piece of a secret. Short
   * secrets do not count: they may be words.
   *
   * @param text what the other side sent.
   * @return whether it must not be shown.
   */
  public boolean tells(String text) {
    return text.length() >= PIECE
        && secrets.stream()
            .anyMatch(secret -> secret.length() >= PIECE && !find(text, secret).isEmpty());
  }

  private String hide(String text) {
    BitSet hidden = new BitSet();
    secrets.forEach(secret -> hidden.or(find(text, secret)));
    StringBuilder shown = new StringBuilder(text);
    for (int end = hidden.length(); end > 0; end = hidden.length()) {
      int start = hidden.previousClearBit(end - 1) + 1;
      shown.replace(start, end, "****");
      hidden.clear(start, end);
    }
    return shown.toString();
  }

  /**
   * Returns which characters belong to a piece of a secret: the other side may cut what it sends.
   */
  private static BitSet find(String text, String secret) {
    int piece = Math.min(PIECE, secret.length());
    BitSet found = new BitSet();
    for (int end = piece; end <= text.length(); end++) {
      if (secret.contains(text.substring(end - piece, end))) {
        found.set(end - piece, end);
      }
    }
    return found;
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
