// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  @Test
  void theColumnsAreAsWideAsTheirWidestCell() {
    assertThat(
            ResultTable.of(
                List.of(
                    new Transfer("page", 612, Duration.ofMillis(120), true),
                    new Transfer("a large file", 100_000_000, Duration.ofMillis(2500), false))))
        .containsExactly(
            "   what              bytes    time    speed  SHA-256",
            "   page                612  0.12 s        –       ok",
            "   a large file  100000000  2.50 s  40 MB/s    WRONG");
  }

  @Test
  void amountsAreInTheUnitThatFits() {
    assertThat(Amounts.bytes(999)).isEqualTo("999 B");
    assertThat(Amounts.bytes(1500)).isEqualTo("1.5 kB");
    assertThat(Amounts.bytes(999_000)).isEqualTo("999 kB");
    assertThat(Amounts.bytes(1_000_000)).isEqualTo("1.0 MB");
    assertThat(Amounts.bytes(100_000_000)).isEqualTo("100 MB");
    assertThat(Amounts.rate(5_000_000, Duration.ZERO)).isEqualTo("–");
    assertThat(Amounts.rate(5_000_000, Duration.ofSeconds(2))).isEqualTo("2.5 MB/s");
  }
}
