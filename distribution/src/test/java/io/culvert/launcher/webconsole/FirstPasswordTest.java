// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.webconsole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.launcher.reference.InputException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstPasswordTest {
  private final List<String> prompts = new ArrayList<>();

  @Test
  void theVariableCountsWithoutAQuestion() {
    assertThat(new FirstPassword(Optional.of("12345678"), typing("other")).choose())
        .containsExactly("12345678".toCharArray());
    assertThat(prompts).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234567", "ÄÖÜ", "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00"})
  void aShortVariableIsRefusedAndNotShown(String value) {
    assertThatThrownBy(() -> new FirstPassword(Optional.of(value), Optional.empty()).choose())
        .isInstanceOf(InputException.class)
        .hasMessage("CULVERT_WEB_CONSOLE_PASSWORD: must have at least 8 characters");
  }

  @Test
  void theTerminalIsAskedTwice() {
    assertThat(new FirstPassword(Optional.empty(), typing("12345678", "12345678")).choose())
        .containsExactly("12345678".toCharArray());
    assertThat(prompts)
        .containsExactly(
            "New password of the web console, for the user admin: ", "The same again: ");
  }

  @Test
  void shortOrDifferentOnesAreAskedForAgain() {
    Optional<FirstPassword.Terminal> terminal =
        typing("short", "12345678", "87654321", "12345678", "12345678");

    assertThat(new FirstPassword(Optional.empty(), terminal).choose())
        .containsExactly("12345678".toCharArray());
    assertThat(prompts)
        .contains("It must have at least 8 characters: ", "These were two. New password: ");
  }

  @Test
  void threeAttemptsAndTheEndOfTheInputAreTheEnd() {
    assertThatThrownBy(
            () -> new FirstPassword(Optional.empty(), typing("1", "2", "3", "4")).choose())
        .isInstanceOf(InputException.class)
        .hasMessage("--web-console: no password was chosen");
    assertThatThrownBy(() -> new FirstPassword(Optional.empty(), typing("12345678")).choose())
        .isInstanceOf(InputException.class);
  }

  @Test
  void whereNobodySitsItIsSaidWhatToDo() {
    assertThatThrownBy(() -> new FirstPassword(Optional.empty(), Optional.empty()).choose())
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(
            "once at a terminal", "in CULVERT_WEB_CONSOLE_PASSWORD", "at least 8 characters");
  }

  private Optional<FirstPassword.Terminal> typing(String... lines) {
    Iterator<String> typed = List.of(lines).iterator();
    return Optional.of(
        prompt -> {
          prompts.add(prompt);
          return next(typed);
        });
  }

  private static char @Nullable [] next(Iterator<String> typed) {
    return typed.hasNext() ? typed.next().toCharArray() : null;
  }
}
