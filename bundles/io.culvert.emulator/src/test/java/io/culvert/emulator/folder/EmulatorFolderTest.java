// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.security.auth.module.UnixSystem;
import io.culvert.emulator.fault.FaultToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder: its lock, its modes, and the file that says where the emulator is. */
class EmulatorFolderTest {
  @TempDir private Path parent;
  private Path path;

  @BeforeEach
  void choose() {
    path = parent.resolve("some/where");
  }

  @Test
  void theFolderOfAUserFollowsTheXdgRules() {
    assertThat(EmulatorFolder.ofUser(Map.of("XDG_STATE_HOME", "/s", "HOME", "/h"), "/u"))
        .isEqualTo(Path.of("/s/culvert-emulator"));
    assertThat(EmulatorFolder.ofUser(Map.of("XDG_STATE_HOME", "rel", "HOME", "/h"), "/u"))
        .isEqualTo(Path.of("/h/.local/state/culvert-emulator"));
    assertThat(EmulatorFolder.ofUser(Map.of(), "/u"))
        .isEqualTo(Path.of("/u/.local/state/culvert-emulator"));
  }

  @Test
  void onlyTheOwnerCanReadSecrets() throws Exception {
    try (EmulatorFolder folder = EmulatorFolder.open(path)) {
      folder.certificates();
      folder.publish(running());

      assertThat(mode(path)).isEqualTo("rwx------");
      assertThat(mode(path.resolve("emulator.json"))).isEqualTo("rw-------");
      assertThat(mode(path.resolve("ca-key.pem"))).isEqualTo("rw-------");
      assertThat(mode(path.resolve("server-key.pem"))).isEqualTo("rw-------");
      assertThat(mode(path.resolve("ca.pem"))).isEqualTo("rw-r--r--");
    }
  }

  @Test
  void oneEmulatorAtATimeHasIt() throws Exception {
    try (EmulatorFolder first = EmulatorFolder.open(path)) {
      assertThat(first.path()).isEqualTo(path);
      assertThatThrownBy(() -> EmulatorFolder.open(path))
          .isInstanceOf(FolderException.class)
          .hasMessage(
              "--folder '" + path + "': another emulator uses it; stop that or choose another");
    }

    EmulatorFolder.open(path).close();
  }

  @Test
  void aFolderThatOthersMayWriteToIsRefused() throws Exception {
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxr-x"));

    assertThatThrownBy(() -> EmulatorFolder.open(path))
        .hasMessage("--folder '" + path + "': other users may write there; it must be yours alone");
  }

  @Test
  void aFolderOfAnotherUserIsRefused() throws Exception {
    Path folder = Path.of("/usr");
    if (new UnixSystem().getUid() == 0) {
      folder = Files.createDirectories(path);
      Files.setAttribute(folder, "unix:uid", 4711);
    }
    Path foreign = folder;

    assertThatThrownBy(() -> EmulatorFolder.open(foreign))
        .hasMessage("--folder '" + foreign + "': belongs to another user; it must be yours alone");
  }

  @Test
  void openingRemovesWhatAKilledEmulatorHasNotFinishedWriting() throws Exception {
    Files.createDirectories(path);
    Files.writeString(path.resolve(".123.part"), "-----BEGIN PRIVATE KEY-----");
    Files.writeString(path.resolve("ca.pem.part"), "not one of those");

    EmulatorFolder.open(path).close();

    assertThat(names()).containsExactlyInAnyOrder("emulator.lock", "ca.pem.part");
  }

  @Test
  void aFileInThePlaceOfTheFolderIsRefusedInOneSentence() throws Exception {
    Files.writeString(parent.resolve("some"), "");

    assertThatThrownBy(() -> EmulatorFolder.open(path))
        .isInstanceOf(FolderException.class)
        .hasMessageStartingWith("--folder '" + path + "': cannot be used: ");
  }

  @Test
  void whatIsPublishedIsFoundUntilItIsTakenBack() throws Exception {
    try (EmulatorFolder folder = EmulatorFolder.open(path)) {
      RunningEmulator running = running();
      folder.publish(running);

      RunningEmulator found = EmulatorFolder.running(path);
      assertThat(found.faultToken().reveal()).isEqualTo(running.faultToken().reveal());
      assertThat(found.toString()).doesNotContain(running.faultToken().reveal());
      assertThat(found.toJson()).isEqualTo(running.toJson());

      folder.withdraw();
      assertThatThrownBy(() -> EmulatorFolder.running(path))
          .hasMessage("no emulator is running on '" + path + "' (see --folder)");
      assertThat(names()).containsExactly("emulator.lock");
    }
  }

  @Test
  void openingForgetsAnEmulatorThatWasKilled() throws Exception {
    try (EmulatorFolder killed = EmulatorFolder.open(path)) {
      killed.publish(running());
    }
    assertThat(path.resolve("emulator.json")).exists();

    EmulatorFolder.open(path).close();

    assertThat(path.resolve("emulator.json")).doesNotExist();
  }

  @Test
  void aBrokenFileIsToldWithoutItsText() throws Exception {
    Files.createDirectories(path);
    Files.writeString(path.resolve("emulator.json"), "{\"faultToken\": \"s3cret\", x");

    assertThatThrownBy(() -> EmulatorFolder.running(path))
        .hasMessage("cannot read '" + path.resolve("emulator.json") + "': not a JSON object");
  }

  private static RunningEmulator running() {
    return new RunningEmulator(
        1,
        "eu-west-1",
        URI.create("http://localhost:1"),
        "localhost:2",
        Path.of("/ca.pem"),
        URI.create("http://localhost:1/faults"),
        FaultToken.random());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
