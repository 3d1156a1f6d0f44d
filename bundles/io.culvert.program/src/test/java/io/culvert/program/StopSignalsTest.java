// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import sun.misc.Signal;

class StopSignalsTest {
  @Test
  void aSignalEndsNothingAndIsNamed() {
    CompletableFuture<String> stop = StopSignals.handle();

    Signal.raise(new Signal("TERM"));

    assertThat(stop).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("SIGTERM");
  }
}
