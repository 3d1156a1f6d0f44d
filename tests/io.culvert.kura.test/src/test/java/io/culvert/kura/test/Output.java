// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * What the process prints, where all logs go, until it is closed; it is printed, too. Made and
 * closed by one thread.
 */
final class Output implements AutoCloseable {
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Output() {
    System.setOut(copying(out));
    System.setErr(copying(err));
  }

  private PrintStream copying(PrintStream to) {
    OutputStream both =
        new OutputStream() {
          @Override
          public void write(int value) {
            to.write(value);
            bytes.write(value);
          }

          @Override
          public void write(byte[] source, int offset, int length) {
            to.write(source, offset, length);
            bytes.write(source, offset, length);
          }

          @Override
          public void flush() {
            to.flush();
          }
        };
    return new PrintStream(both, true, StandardCharsets.UTF_8);
  }

  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Asserts that nothing of all this has been printed. */
  void assertHoldsNone(Collection<String> secrets) {
    String text = text();
    assertThat(secrets).isNotEmpty().noneMatch(text::contains);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
  }
}
