// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class DeathTest {
  private static final String TOKEN = "AQGAAXgtoken-of-the-run";

  @TempDir private Path folder;

  @Test
  void theLastLineWithAnythingInItIsKept() throws Exception {
    Death death = death("echo first; printf 'second\\n  last\\tone\\n\\n'; exit 3");

    assertThat(death.who()).isEqualTo("source exited with 3");
    assertThat(death.lastLines()).isEqualTo("last one");
  }

  @Test
  void whoPrintsNothingHasNoLastLine() throws Exception {
    assertThat(death("exit 3").lastLines()).isEmpty();
  }

  @Test
  void aLongLineIsCut() throws Exception {
    assertThat(death("printf '%02000d' 1; exit 3").lastLines()).hasSize(300);
  }

  @Test
  void tokensOfTheRunAreCutOut() throws Exception {
    try (Launcher launcher = new Launcher(folder)) {
      launcher.hide(TOKEN);
      launcher.hide("");
      Child child = ended(launcher, "echo \"refused: '$TOKEN'\"; exit 3");

      assertThat(Death.of(List.of(child)).orElseThrow().lastLines())
          .isEqualTo("refused: '(token)'");
      assertThat(child.lastWords()).isEqualTo("refused: '(token)'");
    }
  }

  @Test
  void aTokenIsCutOutWholeBeforeALongLineIsCut() throws Exception {
    try (Launcher launcher = new Launcher(folder)) {
      launcher.hide(TOKEN);
      Child child = ended(launcher, "printf '%0290d%s' 1 \"$TOKEN\"; exit 3");

      assertThat(child.lastLine()).endsWith("1(token)");
    }
  }

  private Death death(String script) throws Exception {
    try (Launcher launcher = new Launcher(folder)) {
      return Death.of(List.of(ended(launcher, script))).orElseThrow();
    }
  }

  private static Child ended(Launcher launcher, String script) throws Exception {
    Child child = launcher.start("source", List.of("sh", "-c", script), Map.of("TOKEN", TOKEN));
    assertThat(child.endsWithin(Duration.ofSeconds(30))).isTrue();
    return child;
  }
}
