// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import sun.misc.Signal;

class StopSignalsTest {
  private static final int ENDED_BY_SIGTERM = 128 + 15;

  @Test
  void aSignalEndsNothingAndIsNamed() {
    CompletableFuture<String> stop = StopSignals.handle();

    Signal.raise(new Signal("TERM"));

    assertThat(stop).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("SIGTERM");
  }

  @Test
  void aSignalEndsAProcessThatHasGivenTheSignalsBack() throws Exception {
    assertThat(exitOf("after")).isEqualTo(ENDED_BY_SIGTERM);
  }

  @Test
  void aSignalThatCameMeanwhileEndsTheProcessThen() throws Exception {
    assertThat(exitOf("before")).isEqualTo(ENDED_BY_SIGTERM);
  }

  private static int exitOf(String when) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                GivesBack.class.getName(),
                when)
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = process.inputReader()) {
      if (when.equals("after")) {
        assertThat(output.readLine()).isEqualTo("ready");
        process.destroy();
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** A process that is told to stop before or after it gives the signals back. */
  static final class GivesBack {
    private GivesBack() {}

    public static void main(String[] arguments) {
      CompletableFuture<String> stop = StopSignals.handle();
      if (arguments[0].equals("before")) {
        Signal.raise(new Signal("TERM"));
        stop.join();
      }
      StopSignals.giveBack(stop);
      System.out.println("ready");
      stop.join();
    }
  }
}
