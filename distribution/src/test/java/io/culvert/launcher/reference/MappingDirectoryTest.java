// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import io.culvert.api.TunnelMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in a tree of mapping files. */
class MappingDirectoryTest {
  @TempDir private Path folder;

  @Test
  void theFirstMappingInTheOrderOfPathsCounts() throws Exception {
    write("b.ini", "SSH=2\nHTTP = 10.0.0.1:80\n");
    write("a/z.ini", "; comment\n# comment\n\nSSH=1\r\n[section]\nVNC=5900\nanything goes=\n");

    MappingDirectory mappings = read(TunnelMode.DESTINATION);

    assertThat(mappings.endpoints())
        .containsExactly(entry("SSH", "1"), entry("HTTP", "10.0.0.1:80"));
    assertThat(Items.strict(mappings.items())).isEmpty();
  }

  @Test
  void filesThatAreNotIniAreSkippedWithFileAndLine() throws Exception {
    write("a.txt", "SSH=1\nhello\n");
    write("b.ini", "SSH=2\n[open\n");
    write("c.ini", "SSH=3\nSSH=4\n");
    Files.write(folder.resolve("d.bin"), new byte[] {'S', '=', (byte) 0xff});
    write("e.ini", "SSH=5\n");

    MappingDirectory mappings = read(TunnelMode.SOURCE);

    assertThat(mappings.endpoints()).containsExactly(entry("SSH", "5"));
    assertThat(Items.strict(mappings.items()))
        .extracting(Notice::message)
        .containsExactly(
            at("a.txt line 2: must be serviceId=endpoint"),
            at("b.ini line 2: must have a ']' after the name of a section"),
            at("c.ini line 2: SSH '4': comes twice"),
            at("d.bin: is not UTF-8 text"));
  }

  @Test
  void malformedMappingsAreAnErrorInANamedFolderAndSkippedInTheDefaultOne() throws Exception {
    write("a.ini", "SSH=22\nHTTP=host\n");

    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Items.strict(read(TunnelMode.DESTINATION).items()))
        .withMessage(
            folder.resolve("a.ini") + " line 2: HTTP 'host': " + EndpointSyntax.DESTINATION);
    MappingDirectory mappings = MappingDirectory.readDefault(folder, TunnelMode.DESTINATION);
    assertThat(mappings.endpoints()).containsExactly(entry("SSH", "22"));
    assertThat(Items.lenient(mappings.items()))
        .singleElement()
        .asString()
        .contains("HTTP", "skipped");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "S3cret==",
        "S3cret=",
        "s3cret= # of today",
        "S3cret/+S3cret=",
        "token=S3cret==",
        "my token=s3cret",
        "[section]\nS3cret==",
        "A=1\nS3cret==\nA=2",
        "S3cret==\nS3cret==",
      })
  void whatMayBeATokenIsNamedByItsPlaceOnly(String text) throws Exception {
    write("a.ini", text);

    MappingDirectory mappings = MappingDirectory.readDefault(folder, TunnelMode.DESTINATION);

    assertThat(mappings.items())
        .isNotEmpty()
        .extracting(Item::message)
        .allMatch(message -> message.startsWith(folder.resolve("a.ini line ").toString()))
        .noneMatch(message -> message.toLowerCase(Locale.ROOT).contains("s3cret"));
  }

  @Test
  void anEmptyFolderIsAnErrorOnlyIfItWasNamed() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> read(TunnelMode.SOURCE))
        .withMessage("--config-dir 'conf': must be a folder with mapping files, but is empty");
    assertThat(MappingDirectory.readDefault(folder, TunnelMode.SOURCE).endpoints()).isEmpty();
    assertThat(MappingDirectory.readDefault(folder.resolve("no"), TunnelMode.SOURCE).items())
        .isEmpty();
  }

  private MappingDirectory read(TunnelMode mode) {
    return MappingDirectory.read(
        new OptionValue(ReferenceOption.CONFIG_DIR, "conf", "--config-dir"), folder, mode);
  }

  private void write(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String at(String rest) {
    return folder.resolve(rest) + "; the whole file is skipped";
  }
}
