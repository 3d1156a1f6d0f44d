// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "0.12345, 0.123",
    "1.2345, 1.23",
    "9.996, 10.0",
    "12.345, 12.3",
    "99.96, 100",
    "1234.4, 1234",
    "-0.5, -0.500"
  })
  void threeDigitsCount(double value, String text) {
    assertThat(Amount.text(value)).isEqualTo(text);
  }
}
