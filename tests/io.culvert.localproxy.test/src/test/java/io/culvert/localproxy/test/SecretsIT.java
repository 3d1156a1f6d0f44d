// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.localproxy.test.LocalProxy.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tokens stay out of what others can read, and nothing stays behind. */
@EnabledOnOs(OS.LINUX)
class SecretsIT {
  private static final String CLIENT_TOKEN = "c1ient-token-0123456789-0123456789-abc";

  @TempDir private Path folder;

  @Test
  void tokensAreNeitherPrintedNorInArgumentsNorInFiles() throws Exception {
    try (Rig rig = new Rig(folder, "DATA");
        Application application = Application.onLoopback()) {
      String token = rig.token(TunnelEnd.SOURCE);
      LocalProxy destination =
          rig.destination("-d", "DATA=" + application.port(), "-v", "6").awaitEstablished();
      LocalProxy source =
          rig.source("-s", "DATA=0", "-t", token, "-i", CLIENT_TOKEN, "-v", "6").awaitEstablished();
      Client.transfer(source.address("DATA"), 100_000, 100_000).close();
      rig.tunnel().faults(TunnelEnd.SOURCE).cut();
      source.awaitEstablished(2);

      Home sourceHome = rig.home(TunnelEnd.SOURCE);
      Home destinationHome = rig.home(TunnelEnd.DESTINATION);
      String kept = clientToken(destinationHome);
      assertThat(clientToken(sourceHome)).isEqualTo(CLIENT_TOKEN);
      List<String> secrets = List.of(token, rig.token(TunnelEnd.DESTINATION), CLIENT_TOKEN, kept);
      for (LocalProxy program : List.of(source, destination)) {
        assertThat(commandLine(program)).contains("io.culvert.launcher.Main");
        assertThat(commandLine(program)).doesNotContain(secrets);
      }
      assertFilesHoldNone(sourceHome, secrets);
      assertFilesHoldNone(destinationHome, secrets);

      for (LocalProxy program : List.of(source, destination)) {
        program.terminate();
        assertThat(program.exit()).isZero();
        String output = String.join("\n", program.lines());
        assertThat(output).contains("TRACE").doesNotContain(secrets);
      }
      assertThat(sourceHome.tmp()).isEmptyDirectory();
      assertThat(destinationHome.tmp()).isEmptyDirectory();
    }
  }

  private static String commandLine(LocalProxy program) throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(program.pid()), "cmdline"));
  }

  private static void assertFilesHoldNone(Home home, List<String> secrets) throws IOException {
    for (Path file : Stream.concat(files(home.tmp()), files(home.work())).toList()) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
          .as("%s", file)
          .doesNotContain(secrets);
    }
    assertThat(files(home.state())).hasSize(1);
    assertThat(home.tmp()).isNotEmptyDirectory();
  }

  /** Returns the content of the only file that outlives the process. */
  private static String clientToken(Home home) throws IOException {
    return Files.readString(files(home.state()).findFirst().orElseThrow());
  }

  private static Stream<Path> files(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).toList().stream();
    }
  }
}
