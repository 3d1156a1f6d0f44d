// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class JainTest {
  @Test
  void equalSharesAreFair() {
    assertThat(Jain.index(List.of(7, 7, 7, 7))).isCloseTo(1, within(1e-12));
  }

  @Test
  void oneThatHasAllIsAsUnfairAsItGets() {
    assertThat(Jain.index(List.of(9L, 0L, 0L, 0L))).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void unequalSharesAreInBetween() {
    assertThat(Jain.index(List.of(1, 2, 3))).isCloseTo(36.0 / 42, within(1e-12));
  }

  @Test
  void nothingHasNoIndex() {
    assertThat(Jain.index(List.of(0, 0))).isNaN();
  }
}
