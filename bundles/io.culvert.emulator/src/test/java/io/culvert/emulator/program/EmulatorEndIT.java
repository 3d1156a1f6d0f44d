// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the program ends, and what it leaves. */
class EmulatorEndIT extends ProgramFixture {
  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "HUP"})
  void aSignalEndsItInOrderAndLeavesNothing(String signal) throws Exception {
    RunningProgram emulator = start();
    Map<String, Object> file = emulator.file();

    emulator.signal(signal);

    assertThat(emulator.exit()).isZero();
    assertThat(emulator.lines()).last().asString().endsWith("INFO  Stopped by SIG" + signal);
    assertThat(folder().resolve("emulator.json")).doesNotExist();
    for (String endpoint : List.of("controlEndpoint", "dataEndpoint")) {
      int port = Integer.parseInt(String.valueOf(file.get(endpoint)).replaceAll(".*:", ""));
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void anOutputThatNobodyReadsHoldsUpNeitherRequestsNorTheEnd() throws Exception {
    RunningProgram emulator = start();
    emulator.stopReading();

    for (int i = 0; i < 1000; i++) {
      assertThat(openTunnel(emulator)).containsKey("tunnelId");
    }
    emulator.signal("TERM");

    assertThat(emulator.exit()).isZero();
    assertThat(folder().resolve("emulator.json")).doesNotExist();
  }

  @Test
  void aSignalAtTheStartEndsItInOrderToo() throws Exception {
    RunningProgram emulator =
        new RunningProgram(PROGRAM, folder(), Map.of(), List.of("--folder", folder().toString()));
    programs.add(emulator);
    emulator.await("FOR DEVELOPMENT AND TESTS ONLY");

    emulator.signal("TERM");

    assertThat(emulator.exit()).isZero();
    assertThat(folder().resolve("emulator.json")).doesNotExist();
  }

  @Test
  void aKilledEmulatorStartsAgainWithTheSameKeysAndPorts() throws Exception {
    RunningProgram killed = start();
    Map<String, Object> before = killed.file();
    String keys = keys();
    killed.kill();
    killed.exit();
    assertThat(run("status", "--folder", folder().toString()).error())
        .contains("has ended without a good-bye");

    String port = String.valueOf(before.get("dataEndpoint")).replaceAll(".*:", "");
    RunningProgram again = start("--port", port);

    assertThat(again.file().get("dataEndpoint")).isEqualTo(before.get("dataEndpoint"));
    assertThat(again.file().get("faultToken")).isNotEqualTo(before.get("faultToken"));
    assertThat(keys()).isEqualTo(keys);
    assertThat(openTunnel(again)).containsKey("tunnelId");
  }

  private String keys() throws IOException {
    return Files.readString(folder().resolve("ca.pem"))
        + Files.readString(folder().resolve("ca-key.pem"))
        + Files.readString(folder().resolve("server-key.pem"));
  }
}
