// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private static final String ERASE = "A\r\u001b[J";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void aTerminalDrawsOverWhatItHasShown() {
    TerminalScreen screen = new TerminalScreen(out, () -> 40);
    screen.show(List.of("one", "two"));
    assertThat(printed()).isEqualTo("one\ntwo\n");
    screen.show(List.of("three"));
    assertThat(printed()).isEqualTo("\u001b[2" + ERASE + "three\n");
  }

  @Test
  void aLineThatStaysComesAboveWhatIsShown() {
    TerminalScreen screen = new TerminalScreen(out, () -> 40);
    screen.show(List.of("progress"));
    printed();
    screen.say("news");
    assertThat(printed()).isEqualTo("\u001b[1" + ERASE + "news\nprogress\n");
  }

  @Test
  void aShownLineNeverWraps() {
    TerminalScreen screen = new TerminalScreen(out, () -> 21);
    screen.show(List.of("x".repeat(50)));
    assertThat(printed()).isEqualTo("x".repeat(19) + "…\n");
  }

  @Test
  void aClosedTerminalIsCleanAndStaysSo() {
    TerminalScreen screen = new TerminalScreen(out, () -> 40);
    screen.show(List.of("progress"));
    printed();
    screen.close();
    assertThat(printed()).isEqualTo("\u001b[1" + ERASE);
    screen.show(List.of("late"));
    screen.say("late");
    assertThat(printed()).isEmpty();
  }

  @Test
  void aFrozenTerminalIsLeftAsItIs() {
    TerminalScreen screen = new TerminalScreen(out, () -> 40);
    screen.show(List.of("progress"));
    printed();
    screen.freeze();
    screen.show(List.of());
    screen.close();
    assertThat(printed()).isEmpty();
  }

  @Test
  void aFileGetsWhatHasChangedEveryTwoSeconds() {
    PlainScreen screen = new PlainScreen(out, nanos::get);
    screen.show(List.of("a 1", "b 1"));
    assertThat(printed()).isEmpty();
    nanos.addAndGet(2_000_000_000L);
    screen.show(List.of("a 2", "b 1"));
    assertThat(printed()).isEqualTo("a 2\nb 1\n");
    screen.show(List.of("a 3", "b 1"));
    screen.say("news");
    assertThat(printed()).isEqualTo("news\n");
    nanos.addAndGet(2_000_000_000L);
    screen.show(List.of("a 4", "b 1"));
    assertThat(printed()).isEqualTo("a 4\n");
  }

  private String printed() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }
}
