// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class UsageTest {
  private static final String STAT =
      "42 (a) b (c) S 1 42 42 0 -1 4194304 9 8 7 6 250 125 3 2 20 0 9 0 77 88 99";

  @Test
  void timeIsThatOfUserCodeAndKernel() throws IOException {
    Usage usage =
        Usage.parse(STAT, List.of("Name:\tx", "VmHWM:\t    2048 kB", "VmRSS:\t    1024 kB"));

    assertThat(usage).isEqualTo(new Usage(3.75, 1 << 20, 2 << 20));
  }

  @Test
  void aProcessThatHasEndedHasNone() {
    assertThatThrownBy(() -> Usage.parse(STAT, List.of("Name:\tx")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has ended");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void ourOwnProcessHasSome() throws IOException {
    Usage usage = Usage.of(ProcessHandle.current().pid());

    assertThat(usage.cpuSeconds()).isPositive();
    assertThat(usage.peakBytes()).isGreaterThanOrEqualTo(usage.residentBytes());
  }
}
