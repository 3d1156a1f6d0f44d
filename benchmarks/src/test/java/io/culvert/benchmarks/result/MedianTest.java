// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {
  @Test
  void itIsTheOneInTheMiddle() {
    assertThat(Median.of(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
  }

  @Test
  void ofTwoInTheMiddleItIsTheMean() {
    assertThat(Median.of(List.of(9.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
  }

  @Test
  void nothingHasNone() {
    assertThat(Median.of(List.of())).isNaN();
  }
}
