// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The log file and its settings. */
class LogFileTest {
  @TempDir private Path folder;

  @Test
  void aFullFileIsKeptForAWhileAndOnlyTheOwnerReadsIt() throws Exception {
    Path file = folder.resolve("x.log");
    for (int run = 0; run < 2; run++) {
      try (RollingFile log = new RollingFile(file, 10, 3)) {
        for (int i = 0; i < 5; i++) {
          write(log, "line " + run + i + "\n");
        }
      }
    }

    assertThat(folder).isDirectoryContaining("glob:**/x.log").isDirectoryContaining("glob:**.2");
    assertThat(folder.resolve("x.log")).hasContent("line 14\n");
    assertThat(folder.resolve("x.log.1")).hasContent("line 13\n");
    assertThat(folder.resolve("x.log.2")).hasContent("line 12\n");
    assertThat(folder.resolve("x.log.3")).doesNotExist();
    for (String name : new String[] {"x.log", "x.log.1", "x.log.2"}) {
      assertThat(Files.getPosixFilePermissions(folder.resolve(name)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void oneFileAloneBeginsAnew() throws Exception {
    Path file = folder.resolve("x.log");
    try (RollingFile log = new RollingFile(file, 10, 1)) {
      write(log, "first\n");
      write(log, "second\n");
    }

    assertThat(file).hasContent("second\n");
    assertThat(folder.resolve("x.log.1")).doesNotExist();
  }

  @Test
  void settingsAreReadAndWhatIsWrongIsNamed() throws Exception {
    Path file = folder.resolve("logging.properties");
    assertThat(LogSettings.read(file)).isEqualTo(LogSettings.DEFAULT);

    Files.writeString(
        file,
        """
        .level = WARNING
        io.culvert.level: FINE
        io.netty.level = LOUD
        java.util.logging.FileHandler.level = FINE
        handlers = java.util.logging.ConsoleHandler
        java.util.logging.FileHandler.limit = 20000
        java.util.logging.FileHandler.count = 0
        """);
    LogSettings settings = LogSettings.read(file);

    assertThat(settings.levels()).isEqualTo(Map.of("", Level.WARNING, "io.culvert", Level.FINE));
    assertThat(settings.limit()).isEqualTo(20_000);
    assertThat(settings.count()).isEqualTo(LogSettings.DEFAULT.count());
    assertThat(settings.complaints())
        .containsExactlyInAnyOrder(
            file
                + ": io.netty.level 'LOUD' must be OFF, SEVERE, WARNING, INFO, CONFIG, FINE,"
                + " FINER, FINEST or ALL",
            file
                + ": java.util.logging.FileHandler.level 'FINE' has no effect here; set levels of"
                + " loggers, such as .level",
            file + ": handlers 'java.util.logging.ConsoleHandler' has no effect here",
            file + ": java.util.logging.FileHandler.count '0' must be 1 to 1000000000");
  }

  /** Every write to this device finds the disk full. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileThatCannotBeWrittenIsSaidOnceWhenItHappens() throws Exception {
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    try (LogOutputs outputs =
        LogOutputs.start(
            new PrintStream(console, true, UTF_8), Path.of("/dev/full"), LogSettings.DEFAULT, 4)) {
      assertThat(outputs.file()).isEqualTo(Path.of("/dev/full"));
      Log.info("one");
      Log.info("two");
      await(() -> console.toString(UTF_8).contains("ERROR"));
      Log.info("three");
    }

    assertThat(console.toString(UTF_8).lines())
        .filteredOn(line -> line.contains("ERROR"))
        .singleElement()
        .asString()
        .contains("/dev/full cannot be written, lines will be missing in it", "No space");
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void aFileThatCannotBeOpenedAnewLosesNoOldOne() throws Exception {
    Path file = folder.resolve("x.log");
    try (RollingFile log = new RollingFile(file, 10, 3)) {
      write(log, "line 1\n");
      write(log, "line 2\n");
      // A folder that is not empty in place of the oldest file: nothing can be moved there.
      Files.createDirectories(folder.resolve("x.log.2/a"));
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> write(log, "lost\n")).isInstanceOf(IOException.class);
      }
      assertThat(folder.resolve("x.log")).hasContent("line 2\n");
      assertThat(folder.resolve("x.log.1")).hasContent("line 1\n");
      Files.delete(folder.resolve("x.log.2/a"));
      write(log, "line 3\n");
    }
    assertThat(file).hasContent("line 3\n");
    assertThat(folder.resolve("x.log.2")).hasContent("line 1\n");
  }

  private static void write(RollingFile log, String line) throws IOException {
    byte[] bytes = line.getBytes(US_ASCII);
    log.write(bytes, 0, bytes.length);
  }
}
