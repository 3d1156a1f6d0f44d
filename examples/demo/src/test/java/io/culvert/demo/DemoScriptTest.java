// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script {@code demo} alone, in a folder where {@code mvnw} is a fake. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script needs bash")
class DemoScriptTest {
  @TempDir private Path folder;
  private Path root;
  private Path temporary;

  @BeforeEach
  void makeRoot() throws Exception {
    root = Files.createDirectory(folder.resolve("root of it"));
    temporary = folder.resolve("tmp");
    Files.copy(Path.of("../../demo"), root.resolve("demo"));
    mvnw("exit 1");
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130", "HUP, 129", "KILL, 137"})
  void aSignalDuringTheBuildLeavesNothing(String signal, int status) throws Exception {
    mvnw("echo '[INFO] Building Culvert :: Wire 1.0-SNAPSHOT  [3/7]'; sleep 600 & sleep 600");
    try (RunningDemo demo = RunningDemo.start(root, temporary)) {
      demo.await("[3/7] Culvert :: Wire");
      String group = demo.group();
      assertThat(group).isNotEmpty();
      demo.signal(signal);

      assertThat(demo.awaitEnd()).isEqualTo(status);
      demo.awaitNothingLeft(group);
      assertThat(root.resolve("examples/demo/target")).isEmptyDirectory();
    }
  }

  @Test
  void aBuildThatFailsShowsItsErrors() throws Exception {
    mvnw("echo '[INFO] noise'; echo '[ERROR] no network'; exit 1");
    try (RunningDemo demo = RunningDemo.start(root, temporary)) {
      assertThat(demo.awaitEnd()).isEqualTo(1);
      demo.awaitNothingLeft("");
      assertThat(demo.output())
          .contains("[ERROR] no network", "demo: the build failed, see above")
          .doesNotContain("noise");
    }
  }

  @Test
  void aSecondBuildWaitsForTheFirst() throws Exception {
    mvnw("echo '[INFO] Building Culvert :: Wire 1.0-SNAPSHOT  [3/7]'; sleep 600");
    try (RunningDemo first = RunningDemo.start(root, temporary)) {
      first.await("[3/7]");
      try (RunningDemo second = RunningDemo.start(root, folder.resolve("tmp2"))) {
        second.await("Another ./demo is building here");
        first.signal("KILL");
        second.await("[3/7]");
        second.signal("TERM");
        assertThat(second.awaitEnd()).isEqualTo(143);
        second.awaitNothingLeft("");
      }
      first.awaitNothingLeft("");
    }
  }

  @Test
  void whatWasNotBuiltCannotBeTakenAsItIs() throws Exception {
    try (RunningDemo demo = RunningDemo.start(root, temporary, "--no-build")) {
      assertThat(demo.awaitEnd()).isEqualTo(1);
      demo.awaitNothingLeft("");
      assertThat(demo.output())
          .isEqualTo("demo: not everything is built yet: leave out --no-build");
    }
  }

  @Test
  void withoutABrokerItSaysHowToGetOne() throws Exception {
    Path none = folder.resolve("no-broker");
    try (RunningDemo demo =
        RunningDemo.start(root, temporary, Map.of("MOSQUITTO", none.toString()), "--notify")) {
      assertThat(demo.awaitEnd()).isEqualTo(1);
      demo.awaitNothingLeft("");
      assertThat(demo.output())
          .startsWith("demo: no " + none + " found, the MQTT broker that --notify needs")
          .contains("apt-get install");
    }
  }

  @Test
  void anUnknownOptionIsNamed() throws Exception {
    try (RunningDemo demo = RunningDemo.start(root, temporary, "--twice")) {
      assertThat(demo.awaitEnd()).isEqualTo(1);
      assertThat(demo.output()).startsWith("demo: '--twice' is no option: allowed are --once");
    }
  }

  private void mvnw(String script) throws Exception {
    Path file = root.resolve("mvnw");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
