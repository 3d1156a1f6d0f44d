// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import picocli.CommandLine.TypeConversionException;

/** Reads numbers of the command line. Stateless. */
final class WholeNumber {
  private static final int MAX_DIGITS = 18;

  private WholeNumber() {}

  static long parse(String text) {
    if (!text.matches("[0-9]{1," + MAX_DIGITS + "}")) {
      throw new TypeConversionException(
          "'" + text + "' is not a whole number of at most " + MAX_DIGITS + " digits");
    }
    return Long.parseLong(text);
  }
}
