// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.load.Direction;
import io.culvert.benchmarks.load.Echo;
import io.culvert.benchmarks.load.Samples;
import io.culvert.benchmarks.load.Samples.RoundTrip;
import io.culvert.benchmarks.load.Stalled;
import io.culvert.benchmarks.process.Link;
import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bytes for a reader on one service that takes none, and echoes on another. At first they wait in a
 * buffer; when that is full, the tunnel has to wait, and the echoes with it, until the program
 * gives up the reader. So the slowest echo says when that was. A program that has not given it up
 * at the end has failed, as the tunnel would wait for ever.
 *
 * @param direction which way the bytes go.
 * @param idle with echoes alone.
 * @param stalled the rest, the time until the program gives up included.
 */
public record StalledCell(Direction direction, Duration idle, Duration stalled) implements Cell {
  /** Slow enough that echoes are seen for seconds before a buffer of megabytes is full. */
  private static final long RATE = 1 << 19;

  private static final long USUAL = Echo.Rhythm.STEADY.usualNanos(Duration.ZERO);

  /** An echo that takes longer was held up. */
  private static final double HELD_UP_MILLIS = 1000;

  @Override
  public String name() {
    return "stalled/" + direction.label();
  }

  @Override
  public Link link() {
    return Link.UNLIMITED;
  }

  @Override
  public void measure(Rig rig, Figures figures) throws IOException, InterruptedException {
    Course course = new Course();
    long begin = course.now();
    long from = course.after(idle);
    long until = from + stalled.toNanos();
    AtomicBoolean holds = new AtomicBoolean();
    try (Echoes echoes =
        Echoes.start(
            rig, Echo.Rhythm.STEADY, all -> holds.set(note(all, begin, from, until, figures)))) {
      course.pass(idle);
      try (Stalled reader = rig.clients().stalled(rig.address(BULK), direction, RATE)) {
        course.pass(stalled);
      }
    }
    if (holds.get()) {
      throw new IOException("not given up in " + stalled.toSeconds() + " s");
    }
  }

  /**
   * Notes what there is of echoes.
   *
   * @param begin when the first one began, all times by {@link System#nanoTime()}.
   * @param from when the reader came.
   * @param until when it goes by itself: an echo that comes back then says nothing of the program.
   * @return whether one was still held up at the end.
   */
  static boolean note(Samples all, long begin, long from, long until, Figures figures) {
    figures.put(Figure.P99_ALONE, all.between(begin, from, USUAL).percentile(99));
    RoundTrip slowest = all.slowestSince(from);
    if (slowest.millis() < HELD_UP_MILLIS) {
      figures.put(Figure.HELD_UP, slowest.millis() / 1000);
      figures.put(Figure.P99_FILLING, all.since(from, USUAL).percentile(99));
      return false;
    }
    figures.put(Figure.P99_FILLING, all.between(from, slowest.start(), USUAL).percentile(99));
    // One that never came back is the last one.
    boolean ended = slowest.end() - until < 0 && all.since(slowest.end()).count() > 0;
    if (ended) {
      figures.put(Figure.HELD_UP, slowest.millis() / 1000);
      figures.put(Figure.P99_AFTER, all.since(slowest.end(), USUAL).percentile(99));
    }
    return !ended;
  }
}
