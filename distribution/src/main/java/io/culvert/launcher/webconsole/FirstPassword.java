// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.webconsole;

import io.culvert.launcher.reference.InputException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the password to begin with: there is none of the factory. For one thread; it waits for who
 * sits at the terminal.
 */
final class FirstPassword {
  static final String VARIABLE = "CULVERT_WEB_CONSOLE_PASSWORD";

  private static final int LEAST = 8;
  private static final String RULE = "must have at least " + LEAST + " characters";
  private static final int ATTEMPTS = 3;

  private final Optional<String> given;
  private final Optional<Terminal> terminal;

  /**
   * Makes one that has asked nothing yet.
   *
   * @param given the value of {@link #VARIABLE}.
   * @param terminal where somebody sits, if so.
   */
  FirstPassword(Optional<String> given, Optional<Terminal> terminal) {
    this.given = given;
    this.terminal = terminal;
  }

  /** Where somebody can be asked for a password. */
  @FunctionalInterface
  interface Terminal {
    /** Asks, and does not show what is typed; null is the end of the input. */
    char @Nullable [] ask(String prompt);
  }

  /**
   * Takes what is given, else asks.
   *
   * @throws InputException if there is none that will do; it says what will.
   */
  char[] choose() {
    if (given.isPresent()) {
      char[] password = given.get().toCharArray();
      if (isShort(password)) {
        throw new InputException(VARIABLE + ": " + RULE);
      }
      return password;
    }
    return ask(
        terminal.orElseThrow(
            () ->
                new InputException(
                    "--web-console: has no password yet; start it once at a terminal, where it asks"
                        + " for one, or with one in "
                        + VARIABLE
                        + ", which "
                        + RULE)));
  }

  private static char[] ask(Terminal at) {
    String prompt = "New password of the web console, for the user " + Login.USER + ": ";
    for (int i = 0; i < ATTEMPTS; i++) {
      char[] password = answer(at, prompt);
      if (isShort(password)) {
        prompt = "It " + RULE + ": ";
      } else if (Arrays.equals(password, answer(at, "The same again: "))) {
        return password;
      } else {
        prompt = "These were two. New password: ";
      }
    }
    throw new InputException("--web-console: no password was chosen");
  }

  private static char[] answer(Terminal at, String prompt) {
    char[] answer = at.ask(prompt);
    if (answer == null) {
      throw new InputException("--web-console: no password was chosen");
    }
    return answer;
  }

  private static boolean isShort(char[] password) {
    return Character.codePointCount(password, 0, password.length) < LEAST;
  }
}
