// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.demo.app.Noise;
import io.culvert.demo.app.ShellServer;
import io.culvert.demo.app.SshKeys;
import io.culvert.demo.display.Progress;
import io.culvert.demo.display.Transfer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellClientTest {
  @TempDir private Path folder;
  private SshKeys keys;
  private ShellServer server;

  @BeforeEach
  void start() throws Exception {
    keys = SshKeys.make();
    server = ShellServer.start(keys, folder.resolve("files"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aCommandRunsAndItsOutputComesBack() throws Exception {
    try (ShellClient client = new ShellClient(keys)) {
      assertThat(client.run(port(), "echo $((6*7))")).isEqualTo("42\n");
    }
  }

  @Test
  void aCopiedFileArrivesWhole() throws Exception {
    Noise file = new Noise(3, 300_001);
    Progress progress = new Progress("copy", file.length());
    try (ShellClient client = new ShellClient(keys)) {
      Transfer copied = client.copy(port(), file, server.files().resolve("copy.bin"), progress);

      assertThat(copied.intact()).isTrue();
      assertThat(progress.done()).isEqualTo(300_001);
      assertThat(server.files().resolve("copy.bin")).hasSize(300_001);
    }
  }

  @Test
  void aClientRefusesAServerWithAnotherKey() throws Exception {
    try (ShellClient client = new ShellClient(SshKeys.make())) {
      assertThatThrownBy(() -> client.run(port(), "true")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void theUsersKeyIsForTheUserAlone() throws Exception {
    Path key = folder.resolve("key");
    keys.writeUserKey(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(key).content().startsWith("-----BEGIN OPENSSH PRIVATE KEY-----");
  }

  private int port() {
    return Integer.parseInt(server.address().replaceFirst(".*:", ""));
  }
}
