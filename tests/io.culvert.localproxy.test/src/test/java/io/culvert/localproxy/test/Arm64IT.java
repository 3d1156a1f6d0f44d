// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway on arm64, whose processor is emulated; all else runs on this machine's own. It is
 * killed at the end: now and then QEMU 7.2 crashes by itself while a Java VM stops.
 */
@EnabledOnOs(OS.LINUX)
class Arm64IT {
  private static final long BYTES = 4 << 20;

  @TempDir private Path folder;

  @Test
  void theGatewayUsesItsNativeTransportAndEveryByteArrives() throws Exception {
    Path home = folder.resolve("gateway");
    Path tmp = Files.createDirectories(home.resolve("tmp"));
    Map<String, String> emulated =
        Map.of(
            "CULVERT_JAVA",
            emulatedJava().toString(),
            // The optimizing compiler takes longer here than it saves.
            "CULVERT_JAVA_OPTS",
            "-XX:TieredStopAtLevel=1 -Djava.io.tmpdir=" + tmp);
    try (Rig rig = new Rig(folder, "DATA");
        Application application = Application.onLoopback()) {
      Gateway.mappings(home, "DATA=" + application.port());
      Gateway.tunnel(home, Gateway.TUNNEL, rig.tunnel());
      // The first handshake takes a while, as none of its code has been compiled by then.
      Gateway.write(
          home,
          "io.culvert.TunnelManager.cfg.json",
          "{\"endpoint\": \"%s\", \"ca.path\": \"%s\", \"tls.timeout\": 60000}"
              .formatted(rig.endpoint(), rig.authority()));
      try (Gateway gateway = Gateway.start(home, emulated)) {
        gateway
            .awaitLine("INFO  Stream bridge ready \\(epoll\\)$")
            .awaitLine("INFO  .*: connected");
        assertThat(ProcessHandle.of(gateway.pid()).orElseThrow().info().command())
            .hasValueSatisfying(command -> assertThat(command).endsWith("/qemu-aarch64-static"));
        LocalProxy source = rig.source("-s", "DATA=0").awaitEstablished();

        Client.transfer(source.address("DATA"), BYTES, BYTES).close();

        // On a busy machine the first handshakes may take longer than the service waits for.
        assertThat(gateway.lines().stream().dropWhile(line -> !line.contains(": connected")))
            .noneMatch(line -> line.matches(".*(WARN|ERROR) .*"));
        assertThat(rig.emulator().violations()).isEmpty();
      }
    }
  }

  /** Finds what .ci/arm64-java makes; without it the test is skipped. */
  private static Path emulatedJava() {
    Map<String, String> environment = System.getenv();
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    String cache = environment.getOrDefault("XDG_CACHE_HOME", home + "/.cache");
    Path java = Path.of(cache, "culvert", "arm64", "bin", "java");
    assumeTrue(Files.isExecutable(java), "there is no " + java + ": .ci/install makes it");
    return java;
  }
}
