// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.demo.app.SshKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshFilesTest {
  @Test
  void sshFindsKeyAndHostInTheDemosFolderAlone(@TempDir Path folder) throws Exception {
    SshKeys keys = SshKeys.make();
    Path config = SshFiles.write(folder.resolve("with space"), 4711, keys);

    Path key = config.resolveSibling("key");
    Path known = config.resolveSibling("known_hosts");
    assertThat(config)
        .content()
        .contains("Host gateway\n", "Port 4711\n", "StrictHostKeyChecking yes\n")
        .contains("IdentityFile \"" + key + "\"\n", "UserKnownHostsFile \"" + known + "\"\n");
    assertThat(known).content().isEqualTo("[127.0.0.1]:4711 " + keys.hostLine() + "\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }
}
