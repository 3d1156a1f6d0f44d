// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Groups of bars as SVG, a few kilobytes whose text stays text. It has a light background of its
 * own, so it reads on a dark page, too. One thread.
 */
final class BarChart {
  private static final int WIDTH = 900;
  private static final int EDGE = 20;
  private static final int TOP = 90;
  private static final int PLOT_HEIGHT = 260;
  private static final int BOTTOM = TOP + PLOT_HEIGHT;

  /** Of Okabe and Ito: told apart by all eyes, also in grey. */
  private static final List<String> COLOURS = List.of("#0072b2", "#e69f00", "#009e73", "#cc79a7");

  /** How much of a group's place its bars take. */
  private static final double FILL = 0.72;

  private static final int WIDEST_BAR = 70;
  private static final int NARROW_BAR = 26;
  private static final int SERIES_LINE = 52;
  private static final int SIGNS_LINE = 72;
  private static final String GREY = "#5f6368";
  private static final String HATCH = "hatch";

  private final String title;
  private final List<String> series;
  private final Axis axis;
  private final List<String> texts = new ArrayList<>();
  private final List<List<Bar>> groups = new ArrayList<>();
  private final StringBuilder svg = new StringBuilder();
  private Labels labels = new Labels(List.of(), WIDTH - EDGE);

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
  void group(String label, List<Bar> bars) {
    texts.add(label);
    groups.add(bars);
  }

  /** Returns the picture. */
  String svg() {
    svg.setLength(0);
    labels = new Labels(texts, WIDTH - EDGE);
    int height = BOTTOM + labels.height();
    add(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' role='img'"
            + " font-family='Helvetica, Arial, sans-serif' font-size='12' fill='#202124'>",
        WIDTH, height);
    add("<title>%s</title>", escaped(title));
    add("<rect width='%d' height='%d' rx='8' fill='#ffffff'/>", WIDTH, height);
    add("<text x='%d' y='28' font-size='15' font-weight='bold'>%s</text>", EDGE, escaped(title));
    hatches();
    legend();
    signs();
    grid();
    for (int i = 0; i < groups.size(); i++) {
      group(i);
    }
    add("<path d='M%d %dH%d' stroke='#202124'/>", labels.left(), BOTTOM, WIDTH - EDGE);
    add("</svg>");
    return svg.toString();
  }

  private void hatches() {
    for (int i = 0; i < series.size(); i++) {
      hatch(HATCH + i, colour(i));
    }
    hatch(HATCH, GREY);
  }

  private void hatch(String id, String colour) {
    add(
        "<pattern id='%s' width='5' height='5' patternUnits='userSpaceOnUse'"
            + " patternTransform='rotate(45)'><path d='M1 0V5' stroke='%s' stroke-width='2'/></pattern>",
        id, colour);
  }

  private void legend() {
    double x = EDGE;
    for (int i = 0; i < series.size(); i++) {
      add("<rect x='%.1f' y='42' width='12' height='12' fill='%s'/>", x, colour(i));
      x = text(x + 18, SERIES_LINE, series.get(i));
    }
  }

  /** What is not clear by itself, if it is in the picture. */
  private void signs() {
    double x = EDGE;
    if (bars().anyMatch(Bar::isSpread)) {
      add("<path d='M%.1f 60V76' stroke='#202124'/>", x + 6);
      x = text(x + 18, SIGNS_LINE, "lowest to highest run");
    }
    if (bars().anyMatch(bar -> bar.isDoubtful() && bar.value().isPresent())) {
      add(
          "<rect x='%.1f' y='62' width='12' height='12' fill='url(#%s)' stroke='%s'/>",
          x, HATCH, GREY);
      x = text(x + 18, SIGNS_LINE, "a process died in some runs, or they failed otherwise");
    }
    if (bars().anyMatch(bar -> bar.value().isEmpty())) {
      text(x, SIGNS_LINE, "× no run got so far");
    }
  }

  private Stream<Bar> bars() {
    return groups.stream().flatMap(List::stream);
  }

  /** Returns where something after it may begin. */
  private double text(double x, int y, String text) {
    add("<text x='%.1f' y='%d'>%s</text>", x, y, escaped(text));
    return x + Labels.LETTER * text.length() + 18;
  }

  private void grid() {
    for (double mark : axis.marks()) {
      double y = y(mark);
      int left = labels.left();
      add("<path d='M%d %.1fH%d' stroke='#dadce0'/>", left, y, WIDTH - EDGE);
      add("<text x='%d' y='%.1f' text-anchor='end'>%s</text>", left - 8, y + 4, Amount.text(mark));
    }
  }

  private void group(int index) {
    int left = labels.left();
    double place = (double) (WIDTH - left - EDGE) / groups.size();
    double middle = left + (index + 0.5) * place;
    double bar = Math.min(WIDEST_BAR, place * FILL / series.size());
    double x = middle - bar * series.size() / 2;
    for (int i = 0; i < series.size(); i++) {
      bar(x + i * bar, bar, i, groups.get(index).get(i));
    }
    String label = escaped(texts.get(index));
    if (labels.isSlanted()) {
      add(
          "<text text-anchor='end' transform='translate(%.1f %d) rotate(-%d)'>%s</text>",
          middle + 4, BOTTOM + 16, Labels.ANGLE, label);
    } else {
      add("<text x='%.1f' y='%d' text-anchor='middle'>%s</text>", middle, BOTTOM + 18, label);
    }
  }

  private void bar(double x, double width, int index, Bar bar) {
    double middle = x + width / 2;
    if (bar.value().isEmpty()) {
      add("<text x='%.1f' y='%d' text-anchor='middle'>×</text>", middle, BOTTOM - 6);
      return;
    }
    Spread spread = bar.value().get();
    double top = y(spread.median());
    String fill = bar.isDoubtful() ? "url(#" + HATCH + index + ")" : colour(index);
    add(
        "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s' stroke='%s'/>",
        x + 1.5, top, width - 3, BOTTOM - top, fill, colour(index));
    if (bar.isSpread()) {
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
