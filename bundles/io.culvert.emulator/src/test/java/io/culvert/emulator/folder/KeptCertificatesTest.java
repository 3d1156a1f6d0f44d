// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When certificates are used again, and when they are made anew. */
class KeptCertificatesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

  @TempDir private Path folder;

  @Test
  void everythingIsUsedAgain() throws Exception {
    loadAt(NOW);
    String before = all();

    loadAt(NOW.plus(Duration.ofDays(300)));

    assertThat(all()).isEqualTo(before);
  }

  @Test
  void aKeyThatOthersCouldReadIsTakenFromThem() throws Exception {
    loadAt(NOW);
    Path key = folder.resolve("ca-key.pem");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    loadAt(NOW);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  @Test
  void theServerCertificateIsOfTheAuthority() throws Exception {
    loadAt(NOW);
    PemFiles authority = new PemFiles(folder, "ca");

    assertThat(new PemFiles(folder, "server").read(authority.read(null).orElseThrow())).isPresent();
  }

  @Test
  void allIsRenewedBeforeItExpires() throws Exception {
    loadAt(NOW);
    String before = all();

    loadAt(NOW.plus(KeptCertificates.LIFETIME).minus(KeptCertificates.RENEW_BEFORE_END));

    assertThat(read("ca.pem")).isNotEqualTo(before.split("#", 2)[0]);
    assertThat(new PemFiles(folder, "ca").read(null)).isPresent();
  }

  @Test
  void aLostServerKeyIsMadeAnewUnderTheSameAuthority() throws Exception {
    loadAt(NOW);
    String authority = read("ca.pem");
    String server = read("server.pem");
    Files.delete(folder.resolve("server-key.pem"));

    loadAt(NOW);

    assertThat(read("ca.pem")).isEqualTo(authority);
    assertThat(read("server.pem")).isNotEqualTo(server);
  }

  @Test
  void aServerKeyThatIsNotThatOfItsCertificateIsMadeAnew() throws Exception {
    loadAt(NOW);
    Files.copy(
        folder.resolve("ca-key.pem"),
        folder.resolve("server-key.pem"),
        StandardCopyOption.REPLACE_EXISTING);

    loadAt(NOW);

    assertThat(read("server-key.pem")).isNotEqualTo(read("ca-key.pem"));
  }

  @Test
  void aBrokenAuthorityIsMadeAnewTogetherWithTheServer() throws Exception {
    loadAt(NOW);
    String server = read("server.pem");
    Files.writeString(folder.resolve("ca-key.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n");

    loadAt(NOW);

    assertThat(read("server.pem")).isNotEqualTo(server);
    assertThat(new PemFiles(folder, "ca").read(null)).isPresent();
  }

  private void loadAt(Instant time) throws Exception {
    new KeptCertificates(folder, Clock.fixed(time, ZoneOffset.UTC)).loadOrMake();
  }

  private String all() throws Exception {
    return String.join(
        "#", read("ca.pem"), read("ca-key.pem"), read("server.pem"), read("server-key.pem"));
  }

  private String read(String name) throws Exception {
    return Files.readString(folder.resolve(name));
  }
}
