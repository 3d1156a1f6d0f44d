// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
  @TempDir private Path folder;

  @Test
  void theEmulatorsFileTellsWhereItIs() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("emulator.json"),
            """
            {"pid": 1, "controlEndpoint": "http://127.0.0.1:1", "dataEndpoint": "localhost:2",
             "caFile": "/ca.pem", "faultToken": "s3cret"}""");
    assertThat(EmulatorAddress.read(file))
        .isEqualTo(
            new EmulatorAddress(
                URI.create("http://127.0.0.1:1"), "localhost:2", Path.of("/ca.pem")));
    Files.writeString(file, "{\"faultToken\": \"s3cret\"}");
    assertThatThrownBy(() -> EmulatorAddress.read(file))
        .hasMessageEndingWith("does not hold all of controlEndpoint, dataEndpoint and caFile");
    Files.writeString(file, "{\"faultToken\": \"s3cret");
    assertThatThrownBy(() -> EmulatorAddress.read(file)).hasMessageNotContaining("s3cret");
  }

  @Test
  void theGatewaysFilesAreForItsUserAlone() throws Exception {
    GatewayFolder gateway = new GatewayFolder(folder.resolve("gateway"));
    gateway.writeMappings(Map.of("HTTP", "127.0.0.1:80"));
    gateway.writeTunnelManager(
        new EmulatorAddress(URI.create("http://127.0.0.1:1"), "localhost:2", Path.of("/ca.pem")));
    gateway.writeTunnel(new OpenedTunnel("t1", "s3cret", "d3cret"));

    assertThat(mode(gateway.conf())).isEqualTo("rwx------");
    assertThat(mode(gateway.state())).isEqualTo("rwx------");
    assertThat(gateway.mappingsFile())
        .content()
        .isEqualToIgnoringWhitespace("{\"destinations\": [\"HTTP=127.0.0.1:80\"]}");
    Path tunnel = gateway.conf().resolve("io.culvert.Tunnel~demo.cfg.json");
    assertThat(mode(tunnel)).isEqualTo("rw-------");
    assertThat(tunnel).content().contains("d3cret").doesNotContain("s3cret");
    assertThat(gateway.conf()).isDirectoryNotContaining("glob:**new*");
  }

  @Test
  void aChangedFileReplacesTheOneBefore() throws Exception {
    GatewayFolder gateway = new GatewayFolder(folder.resolve("gateway"));
    gateway.writeMappings(Map.of("HTTP", "127.0.0.1:80"));
    gateway.writeMappings(Map.of("HTTP", "127.0.0.1:81"));
    assertThat(gateway.mappingsFile()).content().contains("127.0.0.1:81").doesNotContain(":80");
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
