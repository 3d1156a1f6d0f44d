// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.registry.TunnelEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways to have the service's certificate accepted. */
class TrustIT {
  private static final String WARNING = "WARN .*certificate";

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
  void aPemFileIsTrusted() throws Exception {
    assertTrusted("-c", rig.authority().toString());
  }

  @Test
  void aRehashedFolderIsTrusted() throws Exception {
    Path folderOfAuthorities = Files.createDirectory(folder.resolve("authorities"));
    Files.copy(rig.authority(), folderOfAuthorities.resolve("0123abcd.0"));

    assertTrusted("-c", folderOfAuthorities.toString());
  }

  @Test
  void withoutChecksEveryCertificateIsTakenAndThatIsSaid() throws Exception {
    LocalProxy source = start("-k").awaitEstablished();

    source.await(WARNING);
  }

  private void assertTrusted(String... options) throws Exception {
    LocalProxy source = start(options).awaitEstablished();

    assertThat(source.lines()).noneMatch(line -> line.contains("WARN"));
  }

  private LocalProxy start(String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-e", rig.endpoint(), "-s", "SSH=0"));
    arguments.addAll(List.of(options));
    return rig.start(
        TunnelEnd.SOURCE,
        Map.of("AWSIOT_TUNNEL_ACCESS_TOKEN", rig.token(TunnelEnd.SOURCE)),
        arguments.toArray(new String[0]));
  }
}
