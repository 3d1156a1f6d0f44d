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

/** Which files {@code culvert import} writes: all or none, and none that would be refused. */
class ImportFilesTest {
  private static final String TOKEN = "s3cret-acce55";

  @TempDir private Path folder;
  private ImportRun run;

  @BeforeEach
  void prepare() throws Exception {
    run = new ImportRun(folder);
  }

  @Test
  void servicesOfATunnelThatListenOnOnePortAreRefusedWithTheirLine() throws Exception {
    write("config.ini", "access-token = " + TOKEN + "\nsource-listen-port = SSH=5555, HTTP=5555\n");

    assertThat(run.run("--config=config.ini", "--force")).isEqualTo(1);

    assertThat(run.out())
        .endsWith(
            """

            Took 2 of 2 entries, dropped 0.
            refused! config.ini:2 because io.culvert.Tunnel~imported would not accept services 'HTTP=5555': another service already listens on port 5555
            """);
    assertThat(run.err())
        .isEqualTo(
            "culvert: mend what is marked 'refused!', as the gateway would not take it;"
                + " nothing is written\n");
    assertThat(run.texts()).isEmpty();
  }

  @Test
  void ofMappingsInSeveralFilesThatWhichIsRefusedIsNamed() throws Exception {
    write("config.ini", "region = us-east-1\n");
    write("tree/a.ini", "A=6000\nB=6001\n");
    write("tree/b.ini", "C=6002\nD=6000\n");

    String[] arguments = {"--config=config.ini", "--config-dir=tree", "--mode=source"};
    assertThat(run.run(arguments)).isEqualTo(1);

    assertThat(run.out())
        .contains(
            "\nrefused! tree/b.ini:2 because io.culvert.ServiceMappingConfig would not accept"
                + " sources 'D=6000': another service already listens on port 6000\n")
        .containsOnlyOnce("refused!");
    assertThat(run.texts()).isEmpty();
  }

  @Test
  void aDryRunTellsWhatWouldBeRefused() throws Exception {
    write("config.ini", "source-listen-port = SSH=5555, HTTP=5555\n");

    assertThat(run.run("--config=config.ini", "--dry-run")).isEqualTo(1);

    assertThat(run.out()).contains("refused! config.ini:1 ");
  }

  @Test
  void aDryRunShowsFilesWithoutTokensAndWritesNothing() throws Exception {
    write("config.ini", "access-token = " + TOKEN + "\nregion = us-east-1\nmode = dst\n");

    assertThat(run.run("--config=config.ini", "--dry-run")).isZero();

    assertThat(run.out())
        .endsWith(
            """
            conf/io.culvert.Tunnel~imported.cfg.json
            // Made by culvert import from config.ini
            {
              "mode": "destination",
              "access.token": "****"
            }

            Took 3 of 3 entries, dropped 0.
            Dry run: nothing is written.
            """)
        .doesNotContain(TOKEN);
    assertThat(run.texts()).isEmpty();
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
  void aNewFolderIsMadeForTheUserOfTheGatewayToo() throws Exception {
    write("config.ini", "region = us-east-1\n");

    assertThat(run.run("--config=config.ini", "--to=new", "--dry-run")).isZero();
    assertThat(folder.resolve("new")).doesNotExist();

    assertThat(run.run("--config=config.ini", "--to=new")).isZero();
    assertThat(run.out()).contains("\nWrote new/io.culvert.TunnelManager.cfg.json\n");
    assertThat(folder.resolve("new")).isDirectoryContaining("glob:**.cfg.json");
    assertThat(permissions("../new")).isEqualTo("rwxr-xr-x");
  }

  @Test
  void whereNothingIsToBeWrittenNoFolderIsMade() throws Exception {
    write("config.ini", "verbose = 6\n");

    assertThat(run.run("--config=config.ini", "--to=new")).isZero();

    assertThat(folder.resolve("new")).doesNotExist();
  }

  @Test
  void whatCannotBeRenamedIsUndone() throws Exception {
    write("config.ini", "region = us-east-1\ndestination-app = 22\n");
    write("conf/io.culvert.TunnelManager.cfg.json", "{}");
    Files.createDirectories(folder.resolve("conf/io.culvert.ServiceMappingConfig.cfg.json/x"));

    assertThat(run.run("--config=config.ini", "--force")).isEqualTo(6);

    assertThat(run.err())
        .contains("the files cannot be checked or written (")
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
