// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line, as far as it needs no running emulator. */
class ProgramTest {
  @TempDir private Path home;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "-h",
        "status --help",
        "fault --help",
        "fault cut --help",
        "fault reframe --help",
      })
  void helpIsPlainTextOfAtMostAHundredColumns(String line) {
    assertThat(run(line.split(" "))).isZero();

    assertThat(text(err)).isEmpty();
    assertThat(text(out)).startsWith("Usage: emulator").doesNotContain("${").doesNotContain("%n");
    assertThat(text(out).lines()).allMatch(row -> row.length() <= 100);
  }

  @Test
  void theHelpSaysWhatIsNotChecked() {
    run("--help");

    assertThat(text(out).replaceAll("\\s+", " "))
        .contains("listens on loopback only, and checks neither signatures nor permissions")
        .contains("--control-port")
        .contains("fault", "status")
        .doesNotContain("--bind");
  }

  @Test
  void theVersionIsOneLine() {
    assertThat(run("--version")).isZero();
    assertThat(text(out)).startsWith("Culvert emulator ").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --nope                  | Unknown option: '--nope' (see emulator --help)
          --port x                | Invalid value for option '--port': 'x' is not a whole number of at most 18 digits (see emulator --help)
          --port 65536            | --port '65536': must be a port from 0 to 65535 (see emulator --help)
          --control-port 99999999999 | --control-port '2147483647': must be a port from 0 to 65535 (see emulator --help)
          --socket-buffer 1073741825 | --socket-buffer '1073741825': must be a number of bytes from 0 to 1073741824 (see emulator --help)
          --region moon           | --region 'moon': must be a region such as us-east-1 (see emulator --help)
          --token-policy never    | --token-policy 'never': must be single-use or reusable (see emulator --help)
          --broker 10.0.0.1:8883  | --broker '10.0.0.1:8883': must be localhost, 127.0.0.1 or [::1]: the emulator speaks to this machine only (see emulator --help)
          --broker localhost      | --broker 'localhost': must be HOST:PORT, or mqtt://HOST:PORT without TLS (see emulator --help)
          --broker localhost:8883 | --broker 'localhost:8883': needs --broker-ca (see emulator --help)
          --broker-key k          | --broker-ca, --broker-certificate and --broker-key need --broker (see emulator --help)
          --broker mqtt://localhost:1 --broker-ca c | --broker 'mqtt://localhost:1': --broker-ca, --broker-certificate and --broker-key are for TLS (see emulator --help)
          --broker [::1]:1 --broker-ca c --broker-key k | --broker-certificate and --broker-key go together (see emulator --help)
          fault                   | Missing required subcommand (see emulator fault --help)
          fault close             | Missing required parameter: 'CODE' (see emulator fault close --help)
          fault close 1005        | code '1005': must be 1000 to 1003, 1007 to 1014 or 3000 to 4999 (see emulator fault --help)
          fault cut --end both    | Invalid value for option '--end': expected one of [SOURCE, DESTINATION] (case-insensitive) but was 'both' (see emulator fault cut --help)
          fault pings maybe       | answer 'maybe': must be one of [on, off] (see emulator fault --help)
          status now              | Unmatched argument at index 1: 'now' (see emulator status --help)
          """)
  void aBadCommandLineIsOneLineAndStatusTwo(String line, String message) {
    assertThat(run(line.split(" "))).isEqualTo(2);

    assertThat(text(err)).isEqualTo("emulator: " + message + System.lineSeparator());
    assertThat(text(out)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "fault cut", "fault rate 1000 --end source"})
  void withoutARunningEmulatorCommandsEndWithStatusOne(String line) {
    assertThat(run(line.split(" "))).isEqualTo(1);

    assertThat(text(err))
        .isEqualTo(
            "emulator: no emulator is running on '"
                + home.resolve("culvert-emulator")
                + "' (see --folder)"
                + System.lineSeparator());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status --folder DIR",
        "--folder DIR status",
        "--folder=DIR status --json",
        "fault cut --folder DIR",
        "fault --folder DIR cut",
        "--folder DIR fault cut --end source",
      })
  void anotherFolderIsLookedIntoWhereverItIsAskedFor(String line) {
    assertThat(run(line.replace("DIR", home.resolve("x").toString()).split(" "))).isEqualTo(1);

    assertThat(text(err)).contains("'" + home.resolve("x") + "'");
  }

  private int run(String... arguments) {
    return new Program(
            Map.of("XDG_STATE_HOME", home.toString()),
            new CompletableFuture<>(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(arguments);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
