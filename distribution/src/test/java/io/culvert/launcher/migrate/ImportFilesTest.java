// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files {@code culvert import} writes: all or none. */
class ImportFilesTest {
  private static final String TOKEN = "s3cret-acce55";

  @TempDir private Path folder;
  private ImportRun run;

  @BeforeEach
  void prepare() throws Exception {
    run = new ImportRun(folder);
  }

  @Test
  void filesWithTokensAreTheirOwnersAndTheOthersAreForTheUserOfTheGateway() throws Exception {
    write("config.ini", "access-token = " + TOKEN + "\nregion = us-east-1\nmode = dst\n");

    assertThat(run.run("--config=config.ini")).isZero();

    assertThat(permissions("io.culvert.Tunnel~imported.cfg.json")).isEqualTo("rw-------");
    assertThat(permissions("io.culvert.TunnelManager.cfg.json")).isEqualTo("rw-r--r--");
  }

  @Test
  void aFileThatIsThereKeepsAllFromBeingWrittenUnlessForced() throws Exception {
    write("config.ini", "region = us-east-1\ndestination-app = 22\n");
    write("conf/io.culvert.TunnelManager.cfg.json", "{}");

    assertThat(run.run("--config=config.ini")).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "culvert: already there, --force replaces them: conf/io.culvert.TunnelManager.cfg.json;"
                + " nothing is written\n");
    assertThat(run.out()).isEmpty();
    assertThat(run.texts()).hasSize(1).containsValue("{}");

    assertThat(run.run("--config=config.ini", "--force")).isZero();
    assertThat(run.texts()).hasSize(2).doesNotContainValue("{}");
    assertThat(permissions("io.culvert.TunnelManager.cfg.json")).isEqualTo("rw-r--r--");
  }

  @Test
  void whatCannotBeRenamedIsUndone() throws Exception {
    write("config.ini", "region = us-east-1\ndestination-app = 22\n");
    write("conf/io.culvert.TunnelManager.cfg.json", "{}");
    Files.createDirectories(folder.resolve("conf/io.culvert.ServiceMappingConfig.cfg.json/x"));

    assertThat(run.run("--config=config.ini", "--force")).isEqualTo(6);

    assertThat(run.err())
        .contains("the files cannot be written (")
        .endsWith("; all is as it was\n");
    assertThat(folder.resolve("conf/io.culvert.TunnelManager.cfg.json")).hasContent("{}");
    assertThat(folder.resolve("conf").toFile().list()).hasSize(2);
  }

  private String permissions(String name) throws Exception {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(folder.resolve("conf").resolve(name)));
  }

  private void write(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
