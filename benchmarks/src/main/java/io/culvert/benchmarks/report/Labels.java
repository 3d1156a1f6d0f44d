// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import java.util.List;

/**
 * The room that the labels below the groups of a chart need. Slanted ones end below the middle of
 * their group and begin further left, so the first ones may need room beside the plot. Immutable.
 *
 * @param texts the labels, from left to right.
 * @param width what plot and room at its left are wide, in pixels.
 */
record Labels(List<String> texts, int width) {
  /** How far slanted ones rise, in degrees. */
  static final int ANGLE = 40;

  /** No letter of the font is wider on average. */
  static final double LETTER = 6.6;

  private static final int LEAST_LEFT = 70;
  private static final int MARGIN = 8;
  private static final int LEVEL_HEIGHT = 36;
  private static final int SLANTED_HEIGHT = 30;

  /** Tells whether they would run into each other side by side. */
  boolean isSlanted() {
    double place = (double) (width - LEAST_LEFT) / texts.size();
    return longest() > place;
  }

  /** Returns how far from the left edge the plot begins. */
  int left() {
    double left = LEAST_LEFT;
    if (isSlanted()) {
      double angle = Math.toRadians(ANGLE);
      for (int i = 0; i < texts.size(); i++) {
        double label = length(texts.get(i)) * Math.cos(angle) + MARGIN;
        double before = (i + 0.5) / texts.size();
        left = Math.max(left, (label - before * width) / (1 - before));
      }
    }
    return (int) Math.ceil(left);
  }

  /** Returns the height below the plot. */
  int height() {
    double slanted = longest() * Math.sin(Math.toRadians(ANGLE)) + SLANTED_HEIGHT;
    return isSlanted() ? (int) Math.ceil(slanted) : LEVEL_HEIGHT;
  }

  private double longest() {
    return texts.stream().mapToDouble(Labels::length).max().orElse(0);
  }

  private static double length(String text) {
    return text.length() * LETTER;
  }
}
