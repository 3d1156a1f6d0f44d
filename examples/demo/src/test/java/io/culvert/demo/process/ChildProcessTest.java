// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.demo.DemoException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private final Alarm alarm = new Alarm();

  @Test
  void aLineIsFoundBeforeAndAfterItIsPrinted() throws Exception {
    ChildProcess child = start("echo port 17; echo ready; exec sleep 600");
    assertThat(alarm.get(child.line(Pattern.compile("ready")), LONGEST, "ready")).isNotNull();
    assertThat(alarm.get(child.line(Pattern.compile("port (\\d+)")), LONGEST, "port").group(1))
        .isEqualTo("17");
    child.stop();
    child.awaitEnd(LONGEST);
    assertThat(child.log()).content().isEqualTo("port 17\nready\n");
  }

  @Test
  void aProgramThatDiesRingsTheAlarm() throws Exception {
    ChildProcess child = start("echo out of luck; exit 7");
    assertThatThrownBy(alarm::await)
        .isInstanceOf(DemoException.class)
        .hasMessage("the program (process " + child.pid() + ") has ended with status 7");
    assertThat(child.lastLines()).containsExactly("out of luck");
  }

  @Test
  void aProgramThatIsKilledRingsTheAlarm() throws Exception {
    ChildProcess child = start("kill -9 $$");
    assertThatThrownBy(alarm::await)
        .hasMessage("the program (process " + child.pid() + ") was ended by signal 9");
  }

  @Test
  void aProgramThatIsStoppedIsNoAlarm() throws Exception {
    ChildProcess child = start("exec sleep 600");
    child.stop();
    child.awaitEnd(LONGEST);
    alarm.pause(Duration.ofMillis(1));
    assertThat(ProcessHandle.of(child.pid()).map(ProcessHandle::isAlive).orElse(false)).isFalse();
  }

  @Test
  void aProgramThatDoesNotEndIsForcedTo() throws Exception {
    ChildProcess child = start("trap '' TERM; echo ready; while :; do sleep 1; done");
    alarm.get(child.line(Pattern.compile("ready")), LONGEST, "ready");
    child.stop();
    child.awaitEnd(Duration.ofMillis(10));
    ProcessHandle.of(child.pid()).ifPresent(handle -> handle.onExit().join());
  }

  @Test
  void aProgramThatIsNotThereIsNamed() {
    assertThatThrownBy(
            () ->
                ChildProcess.start(
                    "program", List.of("/none"), Map.of(), folder.resolve("log"), alarm))
        .isInstanceOf(DemoException.class)
        .hasMessageStartingWith("the program cannot be started: ");
  }

  private ChildProcess start(String script) throws DemoException {
    return ChildProcess.start(
        "program",
        List.of("/bin/sh", "-c", script),
        Map.of("PATH", System.getenv("PATH")),
        folder.resolve("log"),
        alarm);
  }
}
