// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is printed at which verbosity, and how a line looks. */
class LogTest {
  private static final Logger OURS = Logger.getLogger("io.culvert.core.Some");
  private static final Logger THEIRS = Logger.getLogger("org.example.Some");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "1, 1, 1", "2, 2, 2", "3, 3, 3", "4, 4, 4", "5, 5, 4", "6, 6, 5"})
  void eachLevelOfVerbosityAddsOneLevelOfLines(int verbosity, int ours, int theirs) {
    start(verbosity);

    logAll(OURS);
    assertThat(lines()).hasSize(ours);
    out.reset();
    logAll(THEIRS);
    assertThat(lines()).hasSize(theirs);
  }

  @Test
  void theServerThatWouldShowPasswordsIsNeverTraced() {
    Logger jetty = Logger.getLogger("org.eclipse.jetty.http.HttpParser");
    start(6);
    logAll(jetty);
    assertThat(lines()).hasSize(3);
    out.reset();

    Log.start(
        6,
        Map.of("org.eclipse.jetty.http", Level.ALL),
        List.of(new PrintStream(out, true, StandardCharsets.UTF_8)));
    logAll(jetty);
    assertThat(lines()).hasSize(4).noneMatch(line -> line.contains("DEBUG"));
  }

  @Test
  void aLineHasTheTimeInUtcTheLevelAndTheMessage() {
    start(6);

    logAll(OURS);

    assertThat(lines())
        .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z .*"));
    assertThat(lines())
        .extracting(line -> line.substring(25))
        .containsExactly("FATAL f", "ERROR e", "WARN  w", "INFO  i", "DEBUG d", "TRACE t");
  }

  @Test
  void aMessageFromTheNetworkCannotForgeALine() {
    start(4);

    Log.info("reason: a\r\n2026 INFO  b\u001b[0m");

    assertThat(lines()).singleElement().asString().endsWith("reason: a??2026 INFO  b?[0m");
  }

  @Test
  void stackTracesAreForDebuggingOnly() {
    start(4);
    OURS.log(Level.SEVERE, "broken", new IllegalStateException("why"));
    assertThat(lines())
        .singleElement()
        .asString()
        .endsWith("ERROR broken: java.lang.IllegalStateException: why");

    start(5);
    OURS.log(Level.SEVERE, "broken", new IllegalStateException("why"));
    assertThat(lines()).hasSizeGreaterThan(5);
  }

  private void start(int verbosity) {
    Log.start(verbosity, new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  private static void logAll(Logger logger) {
    logger.log(Log.FATAL, "f");
    logger.severe("e");
    logger.warning("w");
    logger.info("i");
    logger.fine("d");
    logger.finest("t");
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
