// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import static io.culvert.benchmarks.result.Figure.ABOVE_100;
import static io.culvert.benchmarks.result.Figure.CONNECTIONS;
import static io.culvert.benchmarks.result.Figure.DESTINATION_CPU;
import static io.culvert.benchmarks.result.Figure.FIRST;
import static io.culvert.benchmarks.result.Figure.GOODPUT;
import static io.culvert.benchmarks.result.Figure.HELD_UP;
import static io.culvert.benchmarks.result.Figure.JAIN;
import static io.culvert.benchmarks.result.Figure.P50;
import static io.culvert.benchmarks.result.Figure.P99;
import static io.culvert.benchmarks.result.Figure.P99_ADDED;
import static io.culvert.benchmarks.result.Figure.P99_AFTER;
import static io.culvert.benchmarks.result.Figure.P99_ALONE;
import static io.culvert.benchmarks.result.Figure.P99_FILLING;
import static io.culvert.benchmarks.result.Figure.RIGHT;
import static io.culvert.benchmarks.result.Figure.SHARE;
import static io.culvert.benchmarks.result.Figure.SOURCE_CPU;
import static io.culvert.benchmarks.result.Figure.THROUGHPUT;
import static io.culvert.benchmarks.result.Figure.WEIGHT_2;
import static io.culvert.benchmarks.result.Figure.WEIGHT_4;
import static io.culvert.benchmarks.result.Figure.WORST;
import static io.culvert.benchmarks.result.Figure.WORST_START;
import static io.culvert.benchmarks.result.Figure.WRONG;

import io.culvert.benchmarks.load.Direction;
import io.culvert.benchmarks.result.Figure;
import java.util.ArrayList;
import java.util.List;

/**
 * Cells that belong together, by the first word of their names, and what the page says of them.
 * Immutable.
 *
 * @param word that first word.
 * @param title the heading.
 * @param text what is measured, in Markdown.
 * @param figures the columns of its table.
 * @param charts its charts.
 */
record Family(String word, String title, String text, List<Figure> figures, List<Chart> charts) {
  /** All of them, in the order of the page. */
  static final List<Family> ALL =
      List.of(
          new Family(
              "throughput",
              "Throughput",
              "One stream, after a gibibyte that does not count: 512 MiB, three times. Both cores of a small"
                  + " machine are busy then, so the processor time per GiB says more than the rate.",
              List.of(THROUGHPUT, SOURCE_CPU, DESTINATION_CPU),
              List.of(Chart.of(THROUGHPUT), Chart.of(SOURCE_CPU), Chart.of(DESTINATION_CPU))),
          new Family(
              "cold",
              "Cold start",
              "The first 128 MiB after the start of both programs.",
              List.of(THROUGHPUT, SOURCE_CPU, DESTINATION_CPU),
              List.of(Chart.of(THROUGHPUT))),
          new Family(
              "connections",
              "Many connections",
              "`rate-64`: 64 clients open a connection, send a byte, get it back, close, and begin again."
                  + " The others send and receive bytes by chance on each connection and compare digests.",
              List.of(CONNECTIONS, RIGHT, WRONG),
              List.of(Chart.of(CONNECTIONS))),
          new Family(
              "echo",
              "Echoes",
              "`idle`: one echo of 64 bytes after the other, with nothing else in the tunnel. `up-4`: an"
                  + " echo every 20 ms on one service, beside four streams of bulk up on another. Links are"
                  + " named by rate, queue and round trip: `small` services queue 32 KiB, `deep` ones hide"
                  + " megabytes from the sender; `0ms` adds nothing to what the"
                  + " programs need themselves. What counts begins 10 s after bulk; the first 10 s have a"
                  + " column of their own.",
              List.of(P50, P99, P99_ADDED, WORST_START, SHARE),
              echoCharts()),
          new Family(
              "sparse",
              "An echo now and then",
              "As above, with two echoes a second: 40 in all, so p99 is the slowest of them.",
              List.of(P50, P99, P99_ADDED, WORST_START, SHARE),
              List.of(Chart.of(P99))),
          new Family(
              "clock",
              "Echoes by the clock",
              "As above, but an echo is sent every 20 ms, however many are on their way by then: so does"
                  + " a machine, or an SSH client that hides when keys are typed.",
              List.of(P50, P99, P99_ADDED, WORST_START, SHARE),
              List.of(Chart.of(P99))),
          new Family(
              "late",
              "Somebody comes late",
              "40 s of bulk alone, then an echo every 20 ms; the first one counts, too. `known`: echoes went"
                  + " through the tunnel before. `new`: nothing has ever come back.",
              List.of(FIRST, P50, P99, SHARE),
              List.of(Chart.of(P99))),
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
              List.of()),
          new Family(
              "weights",
              "Weights",
              "Three services with the weights 1, 2 and 4, a stream of bulk on each, 10 s after their start."
                  + " No flag says weights, so only `culvert` is measured.",
              List.of(WEIGHT_2, WEIGHT_4, GOODPUT, SHARE),
              List.of()),
          new Family(
              "configured",
              "A rate that is configured",
              "Echoes beside bulk as above, with `link.rate` at the rate of the link instead of `auto`. No"
                  + " flag says it, so only `culvert` is measured.",
              List.of(P50, P99, P99_ADDED, WORST_START, SHARE),
              List.of(Chart.of(P99))),
          new Family(
              "stalled",
              "A reader that takes nothing",
              "512 KiB/s for a reader that takes nothing, and an echo every 20 ms on another service: before"
                  + " that, until the buffer for it is full, how long the echoes are then held up, and after"
                  + " the reader was given up.",
              List.of(P99_ALONE, P99_FILLING, HELD_UP, P99_AFTER),
              List.of()));

  /** Tells whether a cell belongs to it. */
  boolean holds(String cell) {
    return cell.startsWith(word + "/");
  }

  /** Returns the name of a cell without what all of the family share. */
  String shortName(String cell) {
    return cell.substring(word.length() + 1);
  }

  /** Tells whether a chart needs a logarithmic axis: times of echoes are of all sizes. */
  boolean isWide() {
    return figures.contains(P99);
  }

  /** Returns the name of the file of a chart, without folder. */
  String picture(Chart chart) {
    return "performance-" + word + "-" + chart.fileName();
  }

  /** Those with queues that hide megabytes, which are the hard ones; a table has room for all. */
  private static List<Chart> echoCharts() {
    List<Chart> charts = new ArrayList<>();
    for (int roundTrip : new int[] {2, 100}) {
      for (Direction direction : Direction.values()) {
        String way = direction.label();
        charts.add(
            Chart.of(
                P99,
                way + "-" + roundTrip + "ms",
                "bulk " + way + ", deep queues, round trip " + roundTrip + " ms",
                "((?:idle|"
                    + way
                    + "-\\d+)/(?:unlimited|\\w+(?=-deep)))(?:-deep)?-"
                    + roundTrip
                    + "ms"));
      }
    }
    return charts;
  }
}
