// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CipherSuitesTest {
  private static final String PC =
      """
      processor       : 0
      model name      : Some Processor (aes)
      flags           : fpu vme pni pclmulqdq ssse3 aes xsave
      bugs            : none

      processor       : 1
      flags           : fpu vme pni pclmulqdq ssse3 aes xsave
      """;

  private static final String BOARD_WITH_AES =
      """
      processor       : 0
      Features        : fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid
      """;

  private static final String BOARD_WITHOUT_AES =
      """
      processor       : 0
      BogoMIPS        : 108.00
      Features        : fp asimd evtstrm crc32 cpuid
      Model           : A board (aes)
      """;

  private static final String[] OFFERED = {
    "TLS_AES_256_GCM_SHA384",
    "TLS_AES_128_GCM_SHA256",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"
  };

  @TempDir private Path folder;

  @Test
  void orderStaysWhereTheProcessorHasAes() throws IOException {
    assertThat(suites(PC).order(OFFERED)).containsExactly(OFFERED);
    assertThat(suites(BOARD_WITH_AES).order(OFFERED)).containsExactly(OFFERED);
  }

  @Test
  void chachaIsFirstWhereTheProcessorHasNoAes() throws IOException {
    assertThat(suites(BOARD_WITHOUT_AES).order(OFFERED))
        .containsExactly(
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
  }

  @Test
  void oneCoreWithoutAesIsEnoughToPreferChacha() throws IOException {
    assertThat(processor(PC + BOARD_WITHOUT_AES).hasAes()).isFalse();
  }

  @Test
  void orderStaysWhereNothingIsKnown() throws IOException {
    assertThat(Processor.read(folder.resolve("missing"), "amd64").hasAes()).isTrue();
    assertThat(processor("processor : 0\n").hasAes()).isTrue();
  }

  /** Whatever the processor can do, Java does not use it there. */
  @Test
  void chachaIsFirstOnArmWith32Bits() throws IOException {
    Path board = Files.writeString(folder.resolve("cpuinfo"), BOARD_WITH_AES);
    assertThat(Processor.read(board, "arm").hasAes()).isFalse();
    assertThat(Processor.read(board, "aarch64").hasAes()).isTrue();
    assertThat(Processor.read(folder.resolve("missing"), "arm").hasAes()).isFalse();
  }

  private CipherSuites suites(String cpuInfo) throws IOException {
    return new CipherSuites(processor(cpuInfo).hasAes());
  }

  private Processor processor(String cpuInfo) throws IOException {
    return Processor.read(Files.writeString(folder.resolve("cpuinfo"), cpuInfo), "amd64");
  }
}
