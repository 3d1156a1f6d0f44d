// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalSizeTest {
  @TempDir private Path folder;

  @Test
  void theWidthIsThatOfTheFileNow() throws Exception {
    Path file = folder.resolve("size");
    TerminalSize size = new TerminalSize(file);
    assertThat(size.getAsInt()).isEqualTo(80);
    Files.writeString(file, "24 132\n");
    assertThat(size.getAsInt()).isEqualTo(132);
    Files.writeString(file, "24 44\n");
    assertThat(size.getAsInt()).isEqualTo(44);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0 0", "wide", "24", "24 x"})
  void withoutAWidthItIsTheUsualOne(String content) throws Exception {
    Path file = Files.writeString(folder.resolve("size"), content);
    assertThat(new TerminalSize(file).getAsInt()).isEqualTo(80);
  }
}
