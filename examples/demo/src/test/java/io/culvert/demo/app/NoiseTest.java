// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NoiseTest {
  private final Noise noise = new Noise(7, 1000);

  @Test
  void aByteIsTheSameFromWhereverItIsRead() {
    byte[] whole = new byte[1000];
    assertThat(noise.read(0, whole)).isEqualTo(1000);
    for (int from = 0; from < 1000; from++) {
      byte[] part = new byte[64];
      int count = noise.read(from, part);
      assertThat(count).isPositive();
      assertThat(Arrays.copyOf(part, count))
          .isEqualTo(Arrays.copyOfRange(whole, from, from + count));
    }
  }

  @Test
  void nothingIsReadBehindTheEnd() {
    assertThat(noise.read(999, new byte[64])).isEqualTo(1);
    assertThat(noise.read(1000, new byte[64])).isZero();
    assertThat(noise.read(5000, new byte[64])).isZero();
  }

  @Test
  void theDigestIsThatOfTheSeedAndTheLength() {
    assertThat(noise.sha256()).hasSize(64).isEqualTo(new Noise(7, 1000).sha256());
    assertThat(noise.sha256()).isNotEqualTo(new Noise(8, 1000).sha256());
    assertThat(noise.sha256()).isNotEqualTo(new Noise(7, 999).sha256());
  }
}
