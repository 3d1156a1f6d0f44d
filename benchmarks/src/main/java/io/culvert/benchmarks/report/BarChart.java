// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Groups of bars as SVG, a few kilobytes whose text stays text. It has a light background of its
 * own, so it reads on a dark page, too. One thread.
 */
final class BarChart {
  private static final int WIDTH = 900;
  private static final int LEFT = 70;
  private static final int RIGHT = 20;
  private static final int TOP = 70;
  private static final int PLOT_HEIGHT = 260;
  private static final int BOTTOM = TOP + PLOT_HEIGHT;

  /** Of Okabe and Ito: told apart by all eyes, also in grey. */
  private static final List<String> COLOURS = List.of("#0072b2", "#e69f00", "#009e73", "#cc79a7");

  /** How much of a group's place its bars take. */
  private static final double FILL = 0.72;

  private static final int WIDEST_BAR = 70;
  private static final int LABEL_HEIGHT = 22;
  private static final int SLANTED_HEIGHT = 130;
  private static final double LETTER = 6.6;
  private static final int NARROW_BAR = 26;

  private final String title;
  private final List<String> series;
  private final Axis axis;
  private final List<String> labels = new ArrayList<>();
  private final List<List<Optional<Spread>>> groups = new ArrayList<>();
  private final StringBuilder svg = new StringBuilder();

  /**
   * Makes a chart without bars.
   *
   * @param title the heading.
   * @param series the names of the bars of each group.
   * @param axis the upright axis.
   */
  BarChart(String title, List<String> series, Axis axis) {
    this.title = title;
    this.series = series;
    this.axis = axis;
  }

  /** Adds a group with its label; a bar that is missing is marked as such. */
  void group(String label, List<Optional<Spread>> bars) {
    labels.add(label);
    groups.add(bars);
  }

  /** Returns the picture. */
  String svg() {
    svg.setLength(0);
    int height = BOTTOM + (isSlanted() ? SLANTED_HEIGHT : LABEL_HEIGHT) + 14;
    add(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' role='img'"
            + " font-family='Helvetica, Arial, sans-serif' font-size='12' fill='#202124'>",
        WIDTH, height);
    add("<title>%s</title>", escaped(title));
    add("<rect width='%d' height='%d' rx='8' fill='#ffffff'/>", WIDTH, height);
    add("<text x='%d' y='28' font-size='15' font-weight='bold'>%s</text>", 20, escaped(title));
    legend();
    grid();
    for (int i = 0; i < groups.size(); i++) {
      group(i);
    }
    add("<path d='M%d %dH%d' stroke='#202124'/>", LEFT, BOTTOM, WIDTH - RIGHT);
    add("</svg>");
    return svg.toString();
  }

  private void legend() {
    double x = LEFT;
    for (int i = 0; i < series.size(); i++) {
      add("<rect x='%.1f' y='42' width='12' height='12' fill='%s'/>", x, colour(i));
      add("<text x='%.1f' y='52.5'>%s</text>", x + 18, escaped(series.get(i)));
      x += 18 + 24 + LETTER * series.get(i).length();
    }
    if (groups.stream().flatMap(List::stream).anyMatch(Optional::isEmpty)) {
      add("<text x='%.1f' y='52.5'>× no run got so far</text>", x);
    }
  }

  private void grid() {
    for (double mark : axis.marks()) {
      double y = y(mark);
      add("<path d='M%d %.1fH%d' stroke='#dadce0'/>", LEFT, y, WIDTH - RIGHT);
      add("<text x='%d' y='%.1f' text-anchor='end'>%s</text>", LEFT - 8, y + 4, Amount.text(mark));
    }
  }

  private void group(int index) {
    double place = (double) (WIDTH - LEFT - RIGHT) / groups.size();
    double middle = LEFT + (index + 0.5) * place;
    double bar = Math.min(WIDEST_BAR, place * FILL / series.size());
    double x = middle - bar * series.size() / 2;
    for (int i = 0; i < series.size(); i++) {
      bar(x + i * bar, bar, colour(i), groups.get(index).get(i));
    }
    String label = escaped(labels.get(index));
    if (isSlanted()) {
      add(
          "<text text-anchor='end' transform='translate(%.1f %d) rotate(-40)'>%s</text>",
          middle + 4, BOTTOM + 16, label);
    } else {
      add("<text x='%.1f' y='%d' text-anchor='middle'>%s</text>", middle, BOTTOM + 18, label);
    }
  }

  private void bar(double x, double width, String colour, Optional<Spread> value) {
    double middle = x + width / 2;
    if (value.isEmpty()) {
      add("<text x='%.1f' y='%d' text-anchor='middle'>×</text>", middle, BOTTOM - 6);
      return;
    }
    Spread spread = value.get();
    double top = y(spread.median());
    add(
        "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s'/>",
        x + 1, top, width - 2, BOTTOM - top, colour);
    if (spread.highest() > spread.lowest()) {
      add(
          "<path d='M%.1f %.1fV%.1f' stroke='#202124'/>",
          middle, y(spread.highest()), y(spread.lowest()));
    }
    if (width >= NARROW_BAR) {
      add(
          "<text x='%.1f' y='%.1f' text-anchor='middle'>%s</text>",
          middle, y(spread.highest()) - 5, Amount.text(spread.median()));
    }
  }

  private double y(double value) {
    return BOTTOM - PLOT_HEIGHT * axis.position(value);
  }

  /** Tells whether labels would run into each other side by side. */
  private boolean isSlanted() {
    double place = (double) (WIDTH - LEFT - RIGHT) / groups.size();
    return labels.stream().anyMatch(label -> label.length() * LETTER > place);
  }

  private static String colour(int index) {
    return COLOURS.get(index % COLOURS.size());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
