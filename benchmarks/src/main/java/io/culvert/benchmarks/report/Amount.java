// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import java.util.Locale;

/** Numbers as people read them: three digits that count, no exponent. Stateless. */
final class Amount {
  private Amount() {}

  static String text(double value) {
    double size = Math.abs(value);
    if (size >= 99.95 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    if (size >= 9.995) {
      return String.format(Locale.ROOT, "%.1f", value);
    }
    return String.format(Locale.ROOT, size >= 0.9995 ? "%.2f" : "%.3f", value);
  }
}
