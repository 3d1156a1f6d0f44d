// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.launcher.log.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reaches ConfigAdmin, in which order, and what is said. */
class ConfFolderTest {
  private static final String TUNNEL = "io.culvert.Tunnel~%s.cfg.json";

  @TempDir private Path folder;
  private final FakeConfigurations admin = new FakeConfigurations();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private ConfFolder conf;

  @BeforeEach
  void start() throws Exception {
    Log.start(4, new PrintStream(log, true, UTF_8));
    write("b", "one");
    conf = new ConfFolder(folder, admin.service());
    conf.start();
    admin.calls().clear();
    log.reset();
  }

  @Test
  void aFileThatGetsAnotherNameGoesBeforeItComes() throws Exception {
    Files.move(file("b"), file("a"));
    settle();

    assertThat(admin.calls())
        .containsExactly("delete io.culvert.Tunnel~b", "put io.culvert.Tunnel~a");
  }

  @Test
  void whatConfigAdminCannotWriteIsSaidOnceAndTriedAgain() throws Exception {
    admin.fail(true);
    write("b", "two");
    write("c", "three");
    settle();
    conf.refresh();
    assertThat(admin.calls()).isEmpty();
    assertThat(lines()).hasSize(2).allMatch(line -> line.contains("cannot be applied"));

    admin.fail(false);
    conf.refresh();
    assertThat(admin.calls()).containsExactly("put io.culvert.Tunnel~b", "put io.culvert.Tunnel~c");

    admin.calls().clear();
    admin.fail(true);
    Files.delete(file("b"));
    settle();
    admin.fail(false);
    conf.refresh();
    conf.refresh();
    assertThat(admin.calls()).containsExactly("delete io.culvert.Tunnel~b");
  }

  @Test
  void aFileThatCannotBeLookedAtKeepsItsTunnelAndIsSaidOnce() throws Exception {
    Files.delete(file("b"));
    Files.createSymbolicLink(file("b"), file("b").getFileName());
    settle();
    settle();

    assertThat(admin.calls()).isEmpty();
    assertThat(lines())
        .singleElement()
        .asString()
        .contains("WARN  " + folder + ": cannot look at io.culvert.Tunnel~b.cfg.json, everything");
  }

  private Path file(String name) {
    return folder.resolve(TUNNEL.formatted(name));
  }

  private void write(String name, String token) throws IOException {
    Files.writeString(file(name), "{\"access.token\": \"" + token + "\"}");
    Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString("rw-------"));
  }

  /** Changes count when two looks agree. */
  private void settle() {
    conf.refresh();
    conf.refresh();
  }

  private List<String> lines() {
    return log.toString(UTF_8).lines().toList();
  }
}
