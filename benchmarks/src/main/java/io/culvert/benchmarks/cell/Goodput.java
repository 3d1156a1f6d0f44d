// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.load.Jain;
import io.culvert.benchmarks.process.Link;
import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Figures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Counts what streams of bulk get through from its making on. */
final class Goodput {
  private static final double KILO = 1000;

  private final Streams streams;
  private final Link link;
  private final long startNanos = System.nanoTime();
  private final List<Long> before;

  Goodput(Streams streams, Link link) throws IOException {
    this.streams = streams;
    this.link = link;
    before = streams.arrived();
  }

  /** Notes what has arrived since, and returns it, by stream. */
  List<Long> stop(Figures figures) throws IOException {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    List<Long> after = streams.arrived();
    List<Long> moved = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      moved.add(after.get(i) - before.get(i));
    }
    double rate = moved.stream().mapToLong(Long::longValue).sum() / seconds;
    figures.put(Figure.GOODPUT, rate / KILO);
    if (link.isLimited()) {
      figures.put(Figure.SHARE, rate / link.bytesPerSecond());
    }
    if (streams.areEqual()) {
      figures.put(Figure.JAIN, Jain.index(moved));
    }
    return moved;
  }
}
