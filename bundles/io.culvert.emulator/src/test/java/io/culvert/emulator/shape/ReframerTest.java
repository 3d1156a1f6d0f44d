// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.shape;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lengths are within bounds and repeat with the seed. */
class ReframerTest {
  @ParameterizedTest
  @EnumSource
  void lengthsAreWithinBoundsAndRepeatable(Reframing mode) {
    Reframer one = new Reframer(mode, 7);
    Reframer same = new Reframer(mode, 7);
    for (int ready = 1; ready <= Reframer.MAX_MESSAGE; ready += 997) {
      int length = one.next(ready, Math.min(ready, 500));
      assertThat(length).isBetween(1, ready).isEqualTo(same.next(ready, Math.min(ready, 500)));
    }
  }
}
