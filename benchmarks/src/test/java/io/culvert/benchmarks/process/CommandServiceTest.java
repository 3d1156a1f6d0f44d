// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.benchmarks.process.Link.Queue;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandServiceTest {
  @TempDir private Path folder;

  @Test
  void aRoundTripThatCannotBeHalvedIsRefused() {
    CommandTemplate none = CommandTemplate.parse("/nonexistent", CommandService.PLACEHOLDERS);
    ServiceRequest odd = new ServiceRequest(new Link(0, 3, Queue.DEEP), List.of("ECHO"));

    try (Launcher launcher = new Launcher(folder)) {
      assertThatThrownBy(() -> CommandService.kind(none, none).start(launcher, odd))
          .isInstanceOf(ProcessException.class)
          .hasMessageContaining("3 ms: must be even");
    }
  }
}
