// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LineFormatterTest {
  private final LogRecord entry = new LogRecord(Level.WARNING, "reason: a\r\nb\u001b[0m");

  LineFormatterTest() {
    entry.setInstant(Instant.parse("2026-11-21T23:45:00.123456Z"));
  }

  @Test
  void aMessageIsOneLineWithTheTimeInUtcWhateverIsInIt() {
    assertThat(new LineFormatter(true).format(entry))
        .isEqualTo("2026-11-21T23:45:00.123Z WARN  reason: a??b?[0m" + System.lineSeparator());
  }

  @Test
  void whatWasThrownIsInTheLineAndItsStackTraceBelowIfWanted() {
    entry.setThrown(new IllegalStateException("why\n"));

    assertThat(new LineFormatter(false).format(entry).lines())
        .singleElement()
        .asString()
        .endsWith("b?[0m: java.lang.IllegalStateException: why?");
    assertThat(new LineFormatter(true).format(entry))
        .contains("\tat io.culvert.program.LineFormatterTest.");
  }
}
