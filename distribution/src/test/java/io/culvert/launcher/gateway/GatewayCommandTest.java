// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.launcher.cli.Surroundings;
import io.culvert.launcher.process.Console;
import io.culvert.launcher.process.ExitCode;
import io.culvert.launcher.process.OwnedFolder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line of the gateway, as far as it starts nothing. */
class GatewayCommandTest {
  private static final Path HOME = Path.of("/opt/culvert");

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void foldersComeFromOptionsThenVariablesThenTheProgram() {
    assertThat(folders(Map.of(), null, null))
        .extracting(GatewayFolders::conf, GatewayFolders::state)
        .containsExactly(HOME.resolve("conf"), HOME.resolve("state"));
    Map<String, String> ofAnotherService = Map.of("STATE_DIRECTORY", "/var/lib/other");
    assertThat(folders(ofAnotherService, null, null).state()).isEqualTo(HOME.resolve("state"));
    Map<String, String> ours = Map.of("CULVERT_STATE", "/s", "CULVERT_CONF", "c");
    assertThat(folders(ours, null, null))
        .extracting(GatewayFolders::conf, GatewayFolders::state)
        .containsExactly(folder.resolve("c"), Path.of("/s"));
    assertThat(folders(ours, "../x", "y"))
        .extracting(GatewayFolders::conf, GatewayFolders::state)
        .containsExactly(folder.resolveSibling("x"), folder.resolve("y"));
  }

  @Test
  void secretsAreThoseOfSystemdUnlessOthersAreNamed() throws Exception {
    assertThat(secrets(Map.of(), null)).isEmpty();
    Map<String, String> gone = Map.of("CREDENTIALS_DIRECTORY", folder.resolve("gone").toString());
    assertThat(secrets(gone, null)).isEmpty();
    Path own = Files.createDirectory(folder.resolve("secrets"));
    assertThat(secrets(gone, null)).contains(own);
    Map<String, String> systemd = Map.of("CREDENTIALS_DIRECTORY", folder.toString());
    assertThat(secrets(systemd, null)).contains(folder);
    Map<String, String> both = Map.of("CULVERT_SECRETS", "x", "CREDENTIALS_DIRECTORY", "/");
    assertThat(secrets(both, null)).contains(folder.resolve("x"));
    assertThat(secrets(both, "y")).contains(folder.resolve("y"));
  }

  @Test
  void aFolderOfSecretsThatWouldBeTakenForTwoIsRefused() throws Exception {
    Path two = Files.createDirectory(folder.resolve("a,b"));

    assertThat(run("--conf", folder.toString(), "--secrets", two.toString()))
        .isEqualTo(ExitCode.CONFIGURATION);
    assertThat(err.toString(UTF_8))
        .startsWith("culvert: --secrets '" + two + "': must be a folder that this user may read")
        .endsWith(" and enter, without a comma in its path\n");
  }

  @Test
  void helpAndVersionAreShown() {
    assertThat(run("--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8))
        .contains(
            "--conf=FOLDER", "--web-console[=PORT]", "-h, --help", "CULVERT_STATE", "  import  ")
        .contains("3 Java ran out of memory");
    out.reset();
    assertThat(run("import", "--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8)).contains("Usage: culvert import ", "--config-dir=FOLDER");
    assertThat(out.toString(UTF_8).lines()).allMatch(line -> line.length() <= 100);
    out.reset();
    assertThat(run("-V")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8)).startsWith("Culvert gateway ").hasLineCount(1);
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--nonsense, --nonsense",
    "argument, argument",
    "--conf, --conf",
    "--verbose=7, --verbose '7': must be 0 to 6",
    "-vx, --verbose",
    "--web-console=x, --web-console 'x': must be a port",
    "--conf=, --conf '': must be the path of a folder",
    "--state=, --state '': must be the path of a folder",
    "--secrets=, --secrets '': must be the path of a folder",
    "--conf=/no/such, '--conf ''/no/such'': must be a folder that this user may read and enter'",
  })
  void aWrongOptionIsNamedInOneLine(String argument, String message) {
    assertThat(run(argument)).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(err.toString(UTF_8)).startsWith("culvert: ").contains(message).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--access-token=s3cret",
        "--access-token s3cret",
        "-ts3cret",
        "-t s3cret",
        "s3cret"
      })
  void anArgumentThatMayBeATokenIsNotRepeated(String arguments) {
    assertThat(run(("import " + arguments).split(" "))).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(run(arguments.split(" "))).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(err.toString(UTF_8)).hasLineCount(2).doesNotContain("s3cret");
  }

  @Test
  void aSubcommandNamesItsOwnHelpAndUsesTheFoldersOfTheGateway() throws Exception {
    assertThat(run("import", "--nonsense")).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(err.toString(UTF_8)).endsWith("(see culvert import --help)\n").hasLineCount(1);

    Path ini = Files.writeString(folder.resolve("config.ini"), "region = us-east-1\n");
    Path there = Files.createFile(folder.resolve("io.culvert.TunnelManager.cfg.json"));
    assertThat(run("--conf", folder.toString(), "import", "--config", ini.toString()))
        .isEqualTo(ExitCode.CONFIGURATION);
    assertThat(err.toString(UTF_8)).contains("already there, --force replaces them: " + there);
  }

  @Test
  void aStateFolderThatCannotBeUsedIsNamed() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(run("--conf", folder.toString(), "--state", file.toString()))
        .isEqualTo(ExitCode.CONFIGURATION);
    assertThat(err.toString(UTF_8)).isEqualTo("culvert: --state '" + file + "' must be a folder\n");
  }

  @Test
  void aStateFolderThatCannotBeUsedNowHasAnExitCodeOfItsOwn() throws Exception {
    Path state = folder.resolve("state");
    OwnedFolder.take(state).close();
    Files.createFile(state.resolve("log"));

    assertThat(run("--conf", folder.toString(), "--state", state.toString()))
        .isEqualTo(ExitCode.STORAGE);
    assertThat(err.toString(UTF_8))
        .startsWith("culvert: --state '" + state + "' cannot be used now (")
        .hasLineCount(1);
  }

  @Test
  void aStateFolderThatHoldsOtherFilesIsRefusedAndStaysAsItIs() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.createFile(other.resolve("file"));
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(run("--conf", folder.toString(), "--state", other.toString()))
        .isEqualTo(ExitCode.CONFIGURATION);
    assertThat(err.toString(UTF_8))
        .contains("culvert: --state '" + other + "' holds files of something else")
        .hasLineCount(1);
    assertThat(other).isDirectoryNotContaining("glob:**/{culvert.lock,log}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other)))
        .isEqualTo("rwxr-xr-x");
  }

  private GatewayFolders folders(
      Map<String, String> environment, @Nullable String conf, @Nullable String state) {
    return GatewayFolders.find(HOME, new Surroundings(environment, folder), conf, null, state);
  }

  private Optional<Path> secrets(Map<String, String> environment, @Nullable String option) {
    return GatewayFolders.find(folder, new Surroundings(environment, folder), null, option, null)
        .secrets();
  }

  private ExitCode run(String... arguments) {
    Console console =
        new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    return new GatewayCommand(
            HOME, new Surroundings(Map.of(), folder), console, new CompletableFuture<>())
        .run(arguments);
  }
}
