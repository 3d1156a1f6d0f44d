// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import static io.culvert.api.NotificationDecision.DUPLICATE;
import static io.culvert.api.NotificationDecision.OPENED;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.Secret;
import io.culvert.api.SecretCipher;
import io.culvert.api.TunnelState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tunnels of notifications survive a restart where something encrypts their tokens. */
class RestartTest extends SinkFixture {
  @TempDir Path folder;

  private final SecretCipher cipher = new HexCipher("key1-");
  private Path file;

  @BeforeEach
  void place() {
    opener.folder = folder.resolve("state");
    file = folder.resolve("state").resolve(Keeper.FILE);
  }

  private void cipher() {
    sink.setCipher(cipher);
    worker.work();
  }

  @Test
  void tunnelsAreOpenedAgainWithTheirTokens() {
    cipher();
    take(1, "SSH", "HTTP");
    take(2, "SSH");
    worker.work();
    restart(Map.of());
    assertThat(opener.open()).isEmpty();

    cipher();

    assertThat(sink.status().tunnels()).containsExactly("notification-1", "notification-2");
    assertThat(opener.opened.get(2).spec.accessToken()).isEqualTo(Secret.of(token(1)));
    assertThat(opener.opened.get(2).spec.region()).isEqualTo("us-east-1");
    assertThat(logs.infos(Keeper.class))
        .contains(
            "notification-1: opened again after a restart, region us-east-1, services SSH, HTTP");
    assertThat(take(1, "SSH", "HTTP")).isEqualTo(DUPLICATE);
  }

  @Test
  void theFileHasNoTokenAndIsForItsOwnerOnly() throws IOException {
    cipher();
    take(1, "SSH");
    worker.work();

    assertThat(Files.readString(file)).contains("us-east-1", "key1-").doesNotContain(SECRET);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void theLifetimeGoesOnWhileTheProcessIsDown() {
    cipher();
    take(1, "SSH");
    worker.pass(Duration.ofHours(2));
    take(2, "HTTP");
    worker.work();
    sink.deactivate();
    worker.pass(Duration.ofHours(10));
    sink = start(Map.of());
    cipher();

    assertThat(sink.status().tunnels()).hasSize(1);
    assertThat(opener.last().spec.accessToken()).isEqualTo(Secret.of(token(2)));
    worker.pass(Duration.ofHours(2).minusMinutes(1));
    assertThat(opener.open()).hasSize(1);
    worker.pass(Duration.ofMinutes(1));
    assertThat(opener.open()).isEmpty();
  }

  @Test
  void aTunnelThatHasEndedIsNotOpenedAgainNorIsItsToken() {
    cipher();
    take(1, "SSH");
    opener.last().move(TunnelState.CLOSED);
    worker.work();
    restart(Map.of());
    cipher();

    assertThat(opener.open()).isEmpty();
    assertThat(take(1, "SSH")).isEqualTo(DUPLICATE);
  }

  @Test
  void whatIsNotAllowedAnyMoreIsNotOpenedAgain() {
    cipher();
    take(1, "SSH");
    take(2, "HTTP");
    worker.work();
    restart(Map.of("services", "HTTP"));
    cipher();

    assertThat(sink.status().tunnels()).hasSize(1);
    assertThat(opener.last().spec.accessToken()).isEqualTo(Secret.of(token(2)));
    restart(Map.of("enabled", false));
    cipher();
    assertThat(opener.open()).isEmpty();
  }

  @Test
  void withoutACipherNothingIsWritten() {
    take(1, "SSH");
    worker.work();

    assertThat(file).doesNotExist();
  }

  @Test
  void aCipherThatComesLateKeepsWhatIsOpen() {
    take(1, "SSH");
    cipher();
    restart(Map.of());
    cipher();

    assertThat(opener.open()).hasSize(1);
  }

  @Test
  void aPlaceThatComesLateIsUsed() {
    opener.folder = null;
    cipher();
    take(1, "SSH");
    worker.work();
    opener.folder = file.getParent();
    sink.setCipher(cipher);
    worker.work();

    assertThat(file).exists();
  }

  @Test
  void aCipherThatHasGoneLosesNothingOfWhatIsKept() {
    cipher();
    take(1, "SSH");
    worker.work();
    sink.unsetCipher(cipher);
    take(2, "HTTP");
    worker.work();
    restart(Map.of());
    cipher();

    assertThat(sink.status().tunnels()).hasSize(1);
    assertThat(opener.last().spec.accessToken()).isEqualTo(Secret.of(token(1)));
  }

  @Test
  void aNotificationThatCameBeforeTheCipherIsNoSecondTunnel() {
    cipher();
    take(1, "SSH");
    worker.work();
    restart(Map.of());
    assertThat(take(1, "SSH")).as("delivered again").isEqualTo(OPENED);
    cipher();

    assertThat(opener.open()).hasSize(1);
  }

  @Test
  void anotherKeyIsAWarningWithoutAnySecret() {
    cipher();
    take(1, "SSH");
    worker.work();
    restart(Map.of());
    sink.setCipher(new HexCipher("key2-"));
    worker.work();

    assertThat(opener.open()).isEmpty();
    assertThat(logs.warnings())
        .singleElement()
        .asString()
        .endsWith("its token cannot be decrypted (SecretDecodingException)");
  }

  @Test
  void aCipherThatFailsIsSaidOnce() {
    sink.setCipher(
        new SecretCipher() {
          @Override
          public String encrypt(Secret value) {
            throw new IllegalStateException(value.reveal());
          }

          @Override
          public Secret decrypt(String encrypted) {
            throw new IllegalStateException(encrypted);
          }
        });
    take(1, "SSH");
    take(2, "SSH");
    worker.work();
    take(3, "SSH");
    worker.work();

    assertThat(logs.warnings())
        .singleElement()
        .asString()
        .endsWith("as a token cannot be encrypted: IllegalStateException");
    assertThat(opener.open()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "{",
        "[]",
        "{\"tunnels\":1}",
        "{\"tunnels\":[1]}",
        "{\"tunnels\":[{\"token\":1}]}",
        "{\"tunnels\":[{\"opened\":\"x\"}]}",
        "{\"tunnels\":[{\"opened\":99999999999999999999999}]}",
        "{\"tunnels\":[{\"services\":[1]}]}",
        "{\"seen\":[]}",
        "{\"seen\":{\"a\":\"b\"}}",
        "{\"tunnels\":[]} x",
        "{\"tunnels\":["
      })
  void aFileThatIsDamagedIsPutAside(String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    cipher();

    assertThat(logs.warnings()).singleElement().asString().contains("cannot be read", "put aside");
    assertThat(file.resolveSibling(Keeper.FILE + ".broken")).hasContent(content);
    assertThat(take(1, "SSH")).isEqualTo(OPENED);
    worker.work();
    assertThat(file).content().contains("us-east-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"token\":\"key1-zz\",\"region\":\"us-east-1\",\"services\":[\"SSH\"],\"opened\":%d}",
        "{\"token\":\"\",\"region\":\"us-east-1\",\"services\":[\"SSH\"],\"opened\":%d}",
        "{\"token\":\"key1-20\",\"region\":\"us-east-1\",\"services\":[\"SSH\"],\"opened\":%d}",
        "{\"token\":\"key1-41\",\"region\":\"evil.example\",\"services\":[\"SSH\"],\"opened\":%d}",
        "{\"opened\":%d}"
      })
  void aTunnelThatMakesNoSenseIsLeftOut(String tunnel) throws IOException {
    Files.createDirectories(file.getParent());
    String entry = tunnel.formatted(worker.now().toEpochMilli());
    Files.writeString(file, "{\"tunnels\":[" + entry + "],\"seen\":{},\"new\":[1]}");
    cipher();

    assertThat(logs.warnings()).hasSize(1);
    assertThat(opener.opened).isEmpty();
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaidOnce() throws IOException {
    Files.writeString(file.getParent(), "a file");
    cipher();
    take(1, "SSH");
    worker.work();
    take(2, "SSH");
    worker.work();

    assertThat(logs.warnings()).anyMatch(line -> line.contains("cannot be written"));
    assertThat(logs.warnings()).hasSizeLessThan(3);
    assertThat(opener.open()).hasSize(2);
  }
}
