// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ProgramVersionTest {
  @TempDir private Path folder;

  private Path program;

  @BeforeEach
  void makeProgram() throws IOException {
    program = Files.createDirectories(folder.resolve("bin")).resolve("proxy");
    Files.writeString(program, "#!/bin/sh\necho proxy 1.2.3\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(folder.resolve("lib"));
  }

  @Test
  void itIsTheNumberAndADigest() throws Exception {
    assertThat(ProgramVersion.of(program)).matches("1\\.2\\.3 \\([0-9a-f]{8}\\)");
  }

  @Test
  void anotherBuildOfADistributionIsAnotherVersion() throws Exception {
    Files.createFile(folder.resolve("lib/java.sh"));
    String before = ProgramVersion.of(program);
    Files.writeString(folder.resolve("lib/core.jar"), "core");

    assertThat(ProgramVersion.of(program)).isNotEqualTo(before);
  }

  @Test
  void whatElseIsInAFolderOfTheSystemDoesNotCount() throws Exception {
    String before = ProgramVersion.of(program);
    Files.writeString(folder.resolve("lib/other.so"), "other");

    assertThat(ProgramVersion.of(program)).isEqualTo(before);
  }
}
