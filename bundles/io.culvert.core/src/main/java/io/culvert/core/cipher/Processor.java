// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.cipher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Java can do with the processor of this machine, as far as it matters to ciphers. Immutable.
 */
final class Processor {
  private static final Logger LOG = LoggerFactory.getLogger(Processor.class);

  /** How Java calls ARM with 32 bits: it makes no use of instructions for AES there. */
  private static final String ARM_32 = "arm";

  /** How Linux calls the line that lists what a processor can do: on x86, and on ARM. */
  private static final List<String> LINES = List.of("flags", "Features");

  private static final Processor HERE =
      read(Path.of("/proc/cpuinfo"), System.getProperty("os.arch", ""));

  private final boolean aes;

  private Processor(boolean aes) {
    this.aes = aes;
  }

  /** Returns the one of this machine; reads a file the first time. */
  static Processor here() {
    return HERE;
  }

  /**
   * Reads what Linux says of a processor; where there is no such file, it counts as a usual one.
   *
   * @param arch how Java calls it, which may be less than it is.
   */
  static Processor read(Path cpuInfo, String arch) {
    if (arch.equals(ARM_32)) {
      return new Processor(false);
    }
    if (!Files.isReadable(cpuInfo)) {
      return new Processor(true);
    }
    try {
      return of(Files.readString(cpuInfo, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      LOG.debug("{} cannot be read: {}", cpuInfo, e.toString());
      return new Processor(true);
    }
  }

  private static Processor of(String cpuInfo) {
    List<List<String>> listed =
        cpuInfo
            .lines()
            .map(line -> line.split(":", 2))
            .filter(parts -> parts.length == 2 && LINES.contains(parts[0].strip()))
            .map(parts -> Arrays.asList(parts[1].strip().split("\\s+")))
            .toList();
    return new Processor(listed.stream().allMatch(features -> features.contains("aes")));
  }

  /**
   * Tells whether Java uses instructions for AES, without which its AES-GCM is several times slower
   * than its ChaCha20.
   */
  boolean hasAes() {
    return aes;
  }
}
