// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.benchmarks.load.Samples;
import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Figures;
import org.junit.jupiter.api.Test;

class StalledCellTest {
  private static final long MILLI = 1_000_000;
  private static final long FROM = 1000;
  private static final long UNTIL = 50_000;

  private final Samples samples = new Samples();
  private final Figures figures = new Figures();

  @Test
  void theSlowestEchoSaysWhenTheReaderWasGivenUp() {
    echoes(0, 10_000);
    echo(10_000, 20_000);
    echoes(30_000, UNTIL);

    assertThat(note()).isFalse();
    assertThat(figures.values()).containsEntry(Figure.HELD_UP, 20.0);
    assertThat(figures.values()).containsKeys(Figure.P99_FILLING, Figure.P99_AFTER);
  }

  @Test
  void anEchoThatComesBackAsTheReaderGoesByItselfDoesNotSayIt() {
    echoes(0, 10_000);
    echo(10_000, 40_001);
    echoes(50_020, 50_100);

    assertThat(note()).isTrue();
    assertThat(figures.values())
        .containsKeys(Figure.P99_ALONE, Figure.P99_FILLING)
        .doesNotContainKeys(Figure.HELD_UP, Figure.P99_AFTER);
  }

  @Test
  void anEchoThatNeverComesBackDoesNotSayIt() {
    echoes(0, 10_000);
    echo(10_000, 5000);

    assertThat(note()).isTrue();
    assertThat(figures.values()).doesNotContainKeys(Figure.HELD_UP, Figure.P99_AFTER);
  }

  @Test
  void aReaderThatHoldsUpNobodyNeedNotBeGivenUp() {
    echoes(0, UNTIL);

    assertThat(note()).isFalse();
    assertThat(figures.values()).containsEntry(Figure.HELD_UP, 0.002);
  }

  private boolean note() {
    return StalledCell.note(samples, 0, FROM * MILLI, UNTIL * MILLI, figures);
  }

  private void echoes(long fromMillis, long toMillis) {
    for (long start = fromMillis; start < toMillis; start += 20) {
      echo(start, 2);
    }
  }

  private void echo(long startMillis, long millis) {
    samples.add(startMillis * MILLI, millis * MILLI);
  }
}
