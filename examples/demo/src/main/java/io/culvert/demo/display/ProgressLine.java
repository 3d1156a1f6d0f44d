// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.display;

/** Draws the state of a piece of work in one line. Stateless. */
final class ProgressLine {
  private static final int LABEL = 16;
  private static final int LEAST_FOR_BAR = 60;
  private static final int MOST_OF_BAR = 40;

  private ProgressLine() {}

  static String of(Progress progress, int width) {
    String label = "   " + Fit.left(LABEL, progress.label()) + " ";
    String end = progress.end();
    if (end != null) {
      return Fit.to(width, label + end);
    }
    String note = progress.note();
    String text = amount(progress) + (note == null ? rate(progress) : ", " + note);
    String bar = progress.total() == 0 || width < LEAST_FOR_BAR ? "" : bar(progress, width) + " ";
    return Fit.to(width, label + bar + text);
  }

  private static String amount(Progress progress) {
    if (progress.total() == 0) {
      return progress.done() == 0 ? "…" : Amounts.bytes(progress.done());
    }
    return Fit.right(7, Amounts.bytes(progress.done())) + " of " + Amounts.bytes(progress.total());
  }

  private static String rate(Progress progress) {
    String rate = Amounts.rate(progress.done(), progress.elapsed());
    return rate.equals("–") ? "" : ", " + rate;
  }

  private static String bar(Progress progress, int width) {
    int cells = Math.min(MOST_OF_BAR, width - LABEL - 40);
    long filled = Math.min(cells, progress.done() * cells / progress.total());
    return "█".repeat((int) filled) + "░".repeat(cells - (int) filled);
  }
}
