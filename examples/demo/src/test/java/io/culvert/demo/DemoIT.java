// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole demo, with the programs as they were assembled. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script needs bash")
class DemoIT {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Pattern PORT = Pattern.compile("(?:localhost|127\\.0\\.0\\.1):(\\d+)");

  @TempDir private Path temporary;

  @Test
  void everythingIsShownTwiceAtOnceAndNothingIsLeft(@TempDir Path other) throws Exception {
    try (RunningDemo demo = RunningDemo.start(ROOT, temporary, "--once", "--no-build");
        RunningDemo twin = RunningDemo.start(ROOT, other, "--once", "--no-build")) {
      for (RunningDemo each : List.of(demo, twin)) {
        assertThat(each.awaitEnd()).as(each.output()).isZero();
        assertThat(each.output())
            .containsPattern("file over HTTP +100000000 .* ok")
            .containsPattern("file over SSH +10000000 .* ok")
            .containsPattern("file, cut on its way +100000000 .* ok")
            .contains("GREETING says: Hello from the green application.")
            .contains("Everything has arrived as it was sent")
            .doesNotContain("\u001b");
        assertNoPortIsOpen(each.output());
      }
      demo.awaitNothingLeft("");
      assertThat(other).isEmptyDirectory();
    }
  }

  @Test
  void aNotifiedGatewayOpensKeepsAndLeavesATunnelByItself() throws Exception {
    assumeTrue(hasMosquitto(), "mosquitto is not installed");
    try (RunningDemo demo =
        RunningDemo.start(ROOT, temporary, "--notify", "--once", "--no-build")) {
      assertThat(demo.awaitEnd()).as(demo.output()).isZero();
      assertThat(demo.output())
          .contains("the gateway was notified, and has connected by itself")
          .contains("the gateway was notified again, and has connected with the new token")
          .contains("SSH: 1 reset of a stream")
          .containsPattern("HTTP: [01] resets? of (a stream|streams)")
          .contains("The gateway has opened, kept and closed the tunnel by itself");
      demo.awaitNothingLeft("");
      assertNoPortIsOpen(demo.output());
    }
  }

  private static boolean hasMosquitto() {
    return Stream.of("/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin")
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "mosquitto")));
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143, 1. ", "KILL, 137, 4. ", "INT,  130, 6. ", "KILL, 137, 8. "})
  void aSignalAtAnyMomentLeavesNothing(String signal, int status, String step) throws Exception {
    try (RunningDemo demo = RunningDemo.start(ROOT, temporary, "--once", "--no-build")) {
      demo.await(step);
      String group = demo.group();
      demo.signal(signal);

      assertThat(demo.awaitEnd()).as(demo.output()).isEqualTo(status);
      demo.awaitNothingLeft(group);
      assertNoPortIsOpen(demo.output());
    }
  }

  @Test
  void aProgramThatDiesIsNamedAndEndsTheDemo() throws Exception {
    try (RunningDemo demo = RunningDemo.start(ROOT, temporary, "--no-build")) {
      demo.await("Ctrl-C stops everything");
      String gateway =
          Pattern.compile("(?s)bin/culvert.*?process (\\d+)")
              .matcher(demo.output())
              .results()
              .findFirst()
              .orElseThrow()
              .group(1);
      ProcessHandle.of(Long.parseLong(gateway)).orElseThrow().destroyForcibly();

      assertThat(demo.awaitEnd()).as(demo.output()).isEqualTo(1);
      demo.awaitNothingLeft("");
      assertThat(demo.output())
          .contains("the gateway (process " + gateway + ") was ended by signal 9")
          .contains("The last lines of the operator:");
    }
  }

  private static void assertNoPortIsOpen(String output) {
    List<Integer> ports =
        PORT.matcher(output)
            .results()
            .map((MatchResult port) -> Integer.valueOf(port.group(1)))
            .distinct()
            .toList();
    assertThat(ports).noneMatch(DemoIT::isOpen);
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
