// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BarChartTest {
  private static final Spread ONE = new Spread(5, 5, 5);
  private static final Spread SEVERAL = new Spread(5, 4, 6);

  @Test
  void aBarWithRunsThatFailedIsHatchedAndExplained() {
    assertThat(svg(new Bar(Optional.of(ONE), true)))
        .contains("fill='url(#hatch0)'")
        .contains("a process died in some runs");
    assertThat(svg(new Bar(Optional.of(ONE), false)))
        .doesNotContain("fill='url(")
        .doesNotContain("died");
  }

  @Test
  void theLineOfABarIsExplainedIfThereIsOne() {
    assertThat(svg(new Bar(Optional.of(SEVERAL), false))).contains("lowest to highest run");
    assertThat(svg(new Bar(Optional.of(ONE), false))).doesNotContain("lowest to highest run");
  }

  @Test
  void aBarThatIsMissingIsExplained() {
    assertThat(svg(new Bar(Optional.empty(), true)))
        .contains("× no run got so far")
        .doesNotContain("died");
  }

  private static String svg(Bar bar) {
    BarChart chart = new BarChart("title", List.of("culvert"), Axis.linear(10));
    chart.group("up", List.of(bar));
    return chart.svg();
  }
}
