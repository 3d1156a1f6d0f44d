// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.registry.RotationMode;
import io.culvert.emulator.registry.TunnelEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exit status, and the one line that says why. */
class ExitIT {
  private static final String TOKEN = "AWSIOT_TUNNEL_ACCESS_TOKEN";

  @TempDir private Path folder;
  private Rig rig;

  @BeforeEach
  void openTunnel() throws IOException {
    rig = new Rig(folder, "SSH");
  }

  @AfterEach
  void closeTunnel() {
    rig.close();
  }

  @Test
  void zeroAfterASignal() throws Exception {
    LocalProxy source = rig.source("-s", "SSH=0").awaitEstablished();

    source.terminate();

    assertEnd(source, 0, "INFO  Stopped by SIGTERM");
    assertThat(source.lines()).noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
  }

  @Test
  void zeroAfterTheTunnelWasClosedAtTheService() throws Exception {
    LocalProxy source = rig.source("-s", "SSH=0").awaitEstablished();

    rig.tunnel().close();

    source.await("WARN  localproxy: CLV-LOST the service closed the WebSocket with code 1000 ");
    assertEnd(source, 0, "INFO  CLV-ENDED the tunnel was closed, has expired or got new tokens.*");
  }

  @Test
  void zeroAfterTheTokenWasRotated() throws Exception {
    LocalProxy destination = rig.destination("-d", "SSH=22").awaitEstablished();

    rig.tunnel().rotate(RotationMode.DESTINATION);

    assertEnd(destination, 0, "INFO  CLV-ENDED the tunnel was closed, .*");
  }

  @Test
  void oneForABadOption() throws Exception {
    LocalProxy program = rig.source("-s", "SSH=0", "--no-such-option");

    assertThat(program.exit()).isEqualTo(1);
    assertThat(program.lines())
        .containsExactly("localproxy: '--no-such-option' is not an option (see localproxy --help)");
  }

  @Test
  void oneWithoutAMapping() throws Exception {
    LocalProxy program = rig.source();

    assertThat(program.exit()).isEqualTo(1);
    assertThat(program.lines())
        .singleElement()
        .asString()
        .startsWith("localproxy: mode: must be given by --source-listen-port, --destination-app");
  }

  @Test
  void oneForAMappingThatTheTunnelHasNoServiceFor() throws Exception {
    LocalProxy program = rig.destination("-d", "HTTP=80");

    assertEnd(program, 1, "FATAL CLV-SERVICES .*SSH.*HTTP.*");
  }

  @Test
  void threeForATokenThatIsRefused() throws Exception {
    LocalProxy program = rig.trusting(TunnelEnd.SOURCE, Map.of(TOKEN, "made-up"), "-s", "SSH=0");

    assertEnd(program, 3, "FATAL CLV-REFUSED .*403.*channel-id .+");
    assertThat(String.join("\n", program.lines())).doesNotContain("made-up");
  }

  @Test
  void fourForAnAuthorityThatIsNotTrusted() throws Exception {
    LocalProxy program =
        rig.start(
            TunnelEnd.SOURCE,
            Map.of(TOKEN, rig.token(TunnelEnd.SOURCE)),
            "-e",
            rig.endpoint(),
            "-s",
            "SSH=0");

    assertEnd(program, 4, "FATAL CLV-TLS-TRUST .*");
    assertThat(rig.emulator().refusals()).isEmpty();
  }

  @Test
  void fourForAWebProxyThatWantsOtherCredentials() throws Exception {
    try (RefusingWebProxy webProxy = new RefusingWebProxy()) {
      LocalProxy program =
          rig.trusting(
              TunnelEnd.SOURCE,
              Map.of("https_proxy", "http://user:wr0ng-pa55@127.0.0.1:" + webProxy.port()),
              "-s",
              "SSH=0");

      assertEnd(program, 4, "FATAL CLV-PROXY-AUTH .*407.*");
      assertThat(String.join("\n", program.lines())).doesNotContain("wr0ng-pa55");
    }
  }

  @Test
  void fourAfterTheLastRetry() throws Exception {
    Path settings = folder.resolve("settings.json");
    Files.writeString(
        settings,
        """
        {"tunneling": {"proxy": {"websocket": {"retry_delay_ms": 10, "connect_retry_count": 2}}}}
        """);
    rig.tunnel().faults(TunnelEnd.SOURCE).failHandshakes(503, 3);

    LocalProxy program = rig.source("-s", "SSH=0", "--settings-json", settings.toString());

    assertEnd(program, 4, "FATAL CLV-RETRIES gave up after 2 retries, .*503.*");
    assertThat(rig.emulator().refusals()).hasSize(3);
  }

  @Test
  void theReasonIsShownAtTheLeastVerbosity() throws Exception {
    LocalProxy program = rig.destination("-d", "HTTP=80", "-v", "1");

    assertEnd(program, 1, "FATAL CLV-SERVICES .*");
    assertThat(program.lines()).hasSize(1);
  }

  @Test
  void nothingIsShownAtVerbosityZero() throws Exception {
    LocalProxy program = rig.destination("-d", "HTTP=80", "-v", "0");

    assertThat(program.exit()).isEqualTo(1);
    assertThat(program.lines()).isEmpty();
  }

  private static void assertEnd(LocalProxy program, int status, String lastLine)
      throws InterruptedException {
    assertThat(program.exit()).as(String.join("\n", program.lines())).isEqualTo(status);
    List<String> lines = program.lines();
    assertThat(lines.get(lines.size() - 1)).matches("[-0-9T:.]+Z " + lastLine);
  }
}
