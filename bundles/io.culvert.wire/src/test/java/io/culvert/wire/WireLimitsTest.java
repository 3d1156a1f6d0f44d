// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireLimitsTest {
  @Test
  void defaultsAreThoseOfTheGuide() {
    assertThat(WireLimits.DEFAULT).isEqualTo(new WireLimits(64512, 65535));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 65535", "65535, 65535", "100, 101"})
  void limitsInRangeAreAccepted(int maxPayload, int maxFrame) {
    WireLimits limits = new WireLimits(maxPayload, maxFrame);

    assertThat(limits.maxPayload()).isEqualTo(maxPayload);
    assertThat(limits.maxFrame()).isEqualTo(maxFrame);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, maxFrame",
    "1, -1, maxFrame",
    "1, 65536, maxFrame",
    "0, 1, maxPayload",
    "-1, 1, maxPayload",
    "102, 101, maxPayload"
  })
  void limitsOutOfRangeAreRefusedByName(int maxPayload, int maxFrame, String name) {
    assertThatThrownBy(() -> new WireLimits(maxPayload, maxFrame))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + " is ");
  }
}
