// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.display;

import java.io.PrintStream;
import java.util.List;
import java.util.function.LongSupplier;

/** A file or pipe: what a terminal would draw anew is printed now and then instead. Thread-safe. */
public final class PlainScreen implements Screen {
  private static final long NANOS_BETWEEN = 2_000_000_000L;
  private static final int WIDTH = 100;

  private final PrintStream out;
  private final LongSupplier nanoTime;
  private List<String> printed = List.of();
  private long last;
  private boolean closed;

  /**
   * Prints to a stream.
   *
   * @param nanoTime the clock, as {@link System#nanoTime()}.
   */
  public PlainScreen(PrintStream out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
    this.last = nanoTime.getAsLong();
  }

  @Override
  public synchronized void say(String line) {
    print(line);
  }

  @Override
  public synchronized void show(List<String> lines) {
    long now = nanoTime.getAsLong();
    if (now - last < NANOS_BETWEEN) {
      return;
    }
    last = now;
    lines.stream().filter(line -> !printed.contains(line)).forEach(this::print);
    printed = List.copyOf(lines);
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public synchronized void freeze() {
    closed = true;
  }

  @Override
  public void close() {
    freeze();
  }

  private void print(String line) {
    if (!closed) {
      out.print(line.stripTrailing() + "\n");
      out.flush();
    }
  }
}
