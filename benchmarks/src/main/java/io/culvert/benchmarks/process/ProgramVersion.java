// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds out what a program is: the number that it answers to {@code --version}, if any, and a
 * digest of its files, so that another build counts as another program. Stateless.
 */
public final class ProgramVersion {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d+[\\w.+-]*");
  private static final int SHOWN_DIGITS = 8;

  private ProgramVersion() {}

  /** Returns for example {@code 0.1.0 (1c0ffee5)}. */
  public static String of(Path program) throws IOException, InterruptedException {
    String digest = digest(program);
    Process process =
        new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
    process.getOutputStream().close();
    if (!process.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      return digest;
    }
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    Matcher number = NUMBER.matcher(answer);
    return process.exitValue() == 0 && number.find()
        ? number.group() + " (" + digest + ")"
        : digest;
  }

  private static String digest(Path program) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files(program)) {
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, SHOWN_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Returns all files of the folder in whose {@code bin} the program is if that is a distribution
   * of this project, whose program is a script; else the program itself, which may be in a folder
   * of the system.
   */
  private static List<Path> files(Path program) throws IOException {
    Path bin = program.toRealPath().getParent();
    if (bin == null
        || !bin.endsWith("bin")
        || !Files.isRegularFile(bin.resolveSibling("lib").resolve("java.sh"))) {
      return List.of(program);
    }
    try (Stream<Path> tree = Files.walk(bin.resolve(".."))) {
      return tree.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
