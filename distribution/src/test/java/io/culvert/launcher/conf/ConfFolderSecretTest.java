// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of tokens, and that none is shown. */
class ConfFolderSecretTest {
  private WatchedConf conf;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    conf = WatchedConf.start(folder);
  }

  @Test
  void aPlaceholderIsNoSecretButItsFileIs() throws Exception {
    Path secrets = Files.createDirectory(conf.state().resolve("secrets"));
    Path secret = Files.writeString(secrets.resolve("b"), WatchedConf.TOKEN);
    Files.setPosixFilePermissions(conf.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    conf.write("b", "$[secret:b]$[secret:../b]");
    conf.write("c", "$[secret:none]");
    for (String name : List.of("b", "c")) {
      Files.setPosixFilePermissions(conf.file(name), PosixFilePermissions.fromString("rw-r--r--"));
    }
    conf.settle();

    assertThat(conf.lines())
        .filteredOn(line -> line.contains("WARN"))
        .satisfiesExactly(
            line -> assertThat(line).contains(conf.file("b") + ": every user", "its access.token"),
            line -> assertThat(line).contains(secret + ": every user of this machine can read it"));
  }
}
