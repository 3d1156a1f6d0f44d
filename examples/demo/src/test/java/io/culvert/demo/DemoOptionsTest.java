// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {
  @Test
  void theScriptSaysWhatToDo() throws Exception {
    assertThat(DemoOptions.parse("--mode", "once", "--root", "/a", "--work", "/b", "--terminal"))
        .isEqualTo(
            new DemoOptions(true, Path.of("/a"), Path.of("/b"), Optional.empty(), true, false));
    assertThat(DemoOptions.parse("--root", "/a", "--work", "/b", "--colours", "--notify", "/m"))
        .isEqualTo(
            new DemoOptions(
                false, Path.of("/a"), Path.of("/b"), Optional.of(Path.of("/m")), false, true));
  }

  @Test
  void whatIsMissingOrUnknownIsNamed() {
    assertThatThrownBy(() -> DemoOptions.parse("--fast"))
        .hasMessageStartingWith("'--fast' is no option");
    assertThatThrownBy(() -> DemoOptions.parse("--work"))
        .hasMessageStartingWith("'--work' needs a value");
    assertThatThrownBy(() -> DemoOptions.parse("--work", "b", "--root", "/a"))
        .hasMessageStartingWith("--root and --work need absolute paths");
  }
}
