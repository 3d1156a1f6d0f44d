// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import static io.culvert.benchmarks.result.Figure.ABOVE_100;
import static io.culvert.benchmarks.result.Figure.CONNECTIONS;
import static io.culvert.benchmarks.result.Figure.DESTINATION_CPU;
import static io.culvert.benchmarks.result.Figure.FIRST;
import static io.culvert.benchmarks.result.Figure.GOODPUT;
import static io.culvert.benchmarks.result.Figure.JAIN;
import static io.culvert.benchmarks.result.Figure.P50;
import static io.culvert.benchmarks.result.Figure.P99;
import static io.culvert.benchmarks.result.Figure.P99_ADDED;
import static io.culvert.benchmarks.result.Figure.RIGHT;
import static io.culvert.benchmarks.result.Figure.SHARE;
import static io.culvert.benchmarks.result.Figure.SOURCE_CPU;
import static io.culvert.benchmarks.result.Figure.THROUGHPUT;
import static io.culvert.benchmarks.result.Figure.WORST;
import static io.culvert.benchmarks.result.Figure.WORST_START;
import static io.culvert.benchmarks.result.Figure.WRONG;

import io.culvert.benchmarks.result.Figure;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Cells that belong together, by the first word of their names, and what the page says of them.
 * Immutable.
 *
 * @param word that first word.
 * @param title the heading.
 * @param text what is measured, in Markdown.
 * @param figures the columns of its table.
 * @param plotted the figures that have a chart.
 */
record Family(String word, String title, String text, List<Figure> figures, List<Figure> plotted) {
  /** All of them, in the order of the page. */
  static final List<Family> ALL =
      List.of(
          new Family(
              "throughput",
              "Throughput",
              "One stream, after a gibibyte that does not count: 512 MiB, three times. Both cores of a small"
                  + " machine are busy then, so the processor time per GiB says more than the rate.",
              List.of(THROUGHPUT, SOURCE_CPU, DESTINATION_CPU),
              List.of(THROUGHPUT, SOURCE_CPU, DESTINATION_CPU)),
          new Family(
              "cold",
              "Cold start",
              "The first 128 MiB after the start of both programs.",
              List.of(THROUGHPUT, SOURCE_CPU, DESTINATION_CPU),
              List.of(THROUGHPUT)),
          new Family(
              "connections",
              "Many connections",
              "`rate-64`: 64 clients open a connection, send a byte, get it back, close, and begin again."
                  + " The others send and receive bytes by chance on each connection and compare digests.",
              List.of(CONNECTIONS, RIGHT, WRONG),
              List.of(CONNECTIONS)),
          new Family(
              "echo",
              "Echoes",
              "`idle`: one echo of 64 bytes after the other, with nothing else in the tunnel. `up-4`: an"
                  + " echo every 20 ms on one service, beside four streams of bulk up on another. Links are"
                  + " named by rate, queue and round trip: `small` services queue 32 KiB, `deep` ones hide"
                  + " megabytes from the sender. What counts begins 10 s after bulk; the first 10 s have a"
                  + " column of their own.",
              List.of(P50, P99, P99_ADDED, WORST_START, SHARE),
              List.of(P99)),
          new Family(
              "sparse",
              "An echo now and then",
              "As above, with two echoes a second.",
              List.of(P50, P99, P99_ADDED, WORST_START, SHARE),
              List.of(P99)),
          new Family(
              "late",
              "Somebody comes late",
              "40 s of bulk alone, then an echo every 20 ms; the first one counts, too. `known`: echoes went"
                  + " through the tunnel before. `new`: nothing has ever come back.",
              List.of(FIRST, P50, P99, SHARE),
              List.of(P99)),
          new Family(
              "halved",
              "The link becomes slower",
              "After 20 s of bulk and echoes the link has half its rate; the 20 s after that count.",
              List.of(ABOVE_100, WORST, P99, SHARE),
              List.of()),
          new Family(
              "fairness",
              "Fairness",
              "Equal streams of bulk on one service, 10 s after their start.",
              List.of(JAIN, GOODPUT, SHARE),
              List.of()));

  private static final String ECHOES = "echo";

  /** Those with a short way; queues that hide megabytes are the hard ones. */
  private static final Pattern PLOTTED_ECHOES =
      Pattern.compile("(idle|up-\\d+)/(unlimited|\\w+-deep)-1ms");

  /** Tells whether a cell belongs to it. */
  boolean holds(String cell) {
    return cell.startsWith(word + "/");
  }

  /** Returns the name of a cell without what all of the family share. */
  String shortName(String cell) {
    return cell.substring(word.length() + 1);
  }

  /** Tells whether a cell is in the charts; a table has room for all. */
  boolean isPlotted(String cell) {
    return !word.equals(ECHOES) || PLOTTED_ECHOES.matcher(shortName(cell)).matches();
  }

  /** Tells whether a chart needs a logarithmic axis: times of echoes are of all sizes. */
  boolean isWide() {
    return plotted.contains(P99);
  }

  /** Returns the name of the file of a chart, without folder. */
  String picture(Figure figure) {
    String name = figure.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return "performance-" + word + "-" + name + ".svg";
  }
}
