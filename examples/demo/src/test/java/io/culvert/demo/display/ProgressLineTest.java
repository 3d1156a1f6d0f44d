// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.display;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {
  private final Progress progress = new Progress("file", 100_000_000);

  @Test
  void theBarIsFilledByWhatIsDone() {
    progress.add(25_000_000);
    assertThat(ProgressLine.of(progress, 120))
        .startsWith(
            "   file             " + "█".repeat(10) + "░".repeat(30) + "   25 MB of 100 MB");
    progress.add(75_000_000);
    assertThat(ProgressLine.of(progress, 120)).contains("█".repeat(40)).doesNotContain("░");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 59, 60, 79, 80, 200})
  void aLineFitsTheTerminal(int width) {
    progress.add(31_415_926);
    progress.note("interrupted");
    String line = ProgressLine.of(progress, width);
    assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(width);
  }

  @Test
  void whatGoesOnAndHowItEndsIsSaid() {
    progress.note("interrupted");
    assertThat(ProgressLine.of(progress, 120)).endsWith("0 B of 100 MB, interrupted");
    progress.note(null);
    assertThat(ProgressLine.of(progress, 120)).endsWith("0 B of 100 MB");
    progress.end("done");
    assertThat(ProgressLine.of(progress, 120)).isEqualTo("   file             done");
  }

  @Test
  void workOfUnknownLengthHasNoBar() {
    Progress page = new Progress("page", 0);
    assertThat(ProgressLine.of(page, 120)).isEqualTo("   page             …");
    page.add(612);
    assertThat(ProgressLine.of(page, 120)).isEqualTo("   page             612 B");
  }
}
