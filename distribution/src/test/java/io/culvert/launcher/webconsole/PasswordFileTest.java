// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.webconsole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.launcher.reference.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordFileTest {
  private static final String PASSWORD = "pässword 1";

  @TempDir private Path folder;

  @Test
  void whatIsKeptKnowsThePasswordAndDoesNotTellIt() throws Exception {
    PasswordFile file = new PasswordFile(folder);
    assertThat(file.read()).isEmpty();

    file.write(PasswordHash.of(PASSWORD.toCharArray()));

    PasswordHash kept = file.read().orElseThrow();
    assertThat(kept.isOf(PASSWORD.toCharArray())).isTrue();
    assertThat(kept.isOf("password 1".toCharArray())).isFalse();
    Path only = folder.resolve("web-console.password");
    assertThat(folder).isDirectoryNotContaining(other -> !other.equals(only));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(only)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(only)).startsWith("pbkdf2-sha256 600000 ").doesNotContain(PASSWORD);
  }

  @Test
  void equalPasswordsAreKeptDifferently() {
    char[] password = PASSWORD.toCharArray();
    assertThat(PasswordHash.of(password).line()).isNotEqualTo(PasswordHash.of(password).line());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password",
        "pbkdf2-sha256 0 AA== AA==",
        "pbkdf2-sha256 600000 AA== AA==",
        "pbkdf2-sha256 x ! !",
        "md5 1 AA== AA=="
      })
  void aDamagedFileIsNamed(String content) throws Exception {
    Path file = Files.writeString(folder.resolve(PasswordFile.NAME), content);

    assertThatThrownBy(() -> new PasswordFile(folder).read())
        .isInstanceOf(InputException.class)
        .hasMessage("'" + file + "': is damaged; delete it and choose a new password");
  }
}
