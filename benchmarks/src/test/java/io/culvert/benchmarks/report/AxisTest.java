// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AxisTest {
  @ParameterizedTest
  @ValueSource(doubles = {0.003, 0.99, 1, 7, 130, 418.2, 99_999})
  void aLinearAxisHasAFewRoundMarksUpToTheHighest(double highest) {
    Axis axis = Axis.linear(highest);

    assertThat(axis.marks()).hasSizeBetween(4, 8).startsWith(0.0);
    assertThat(axis.position(highest)).isGreaterThan(0.6).isLessThanOrEqualTo(1);
  }

  @Test
  void aLogarithmicAxisGoesInPowersOfTen() {
    Axis axis = Axis.logarithmic(0.4, 5000);

    assertThat(axis.marks()).containsExactly(0.1, 1.0, 10.0, 100.0, 1000.0, 10_000.0);
    assertThat(axis.position(1)).isCloseTo(0.2, within(1e-9));
    assertThat(axis.position(10_000)).isCloseTo(1, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 99.9, 100, 121, 199})
  void theLowestValueOfALogarithmicAxisHasAHeight(double lowest) {
    Axis axis = Axis.logarithmic(lowest, 20_000);

    assertThat(axis.position(lowest)).isGreaterThan(0.05);
    assertThat(lowest / axis.low()).isBetween(2.0, 20.0);
  }
}
