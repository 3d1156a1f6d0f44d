// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.display;

import java.io.PrintStream;
import java.util.List;
import java.util.function.IntSupplier;

/** A terminal: shown lines are drawn over the ones before. Thread-safe. */
public final class TerminalScreen implements Screen {
  private static final String ESCAPE = "\u001b[";

  private final PrintStream out;
  private final IntSupplier columns;
  private List<String> shown = List.of();
  private int drawn;
  private boolean closed;

  /**
   * Draws on a terminal.
   *
   * @param columns tells how wide the terminal is now.
   */
  public TerminalScreen(PrintStream out, IntSupplier columns) {
    this.out = out;
    this.columns = columns;
  }

  @Override
  public synchronized void say(String line) {
    if (!closed) {
      draw(erase() + line + "\n");
    }
  }

  @Override
  public synchronized void show(List<String> lines) {
    if (!closed) {
      String erased = erase();
      shown = List.copyOf(lines);
      draw(erased);
    }
  }

  @Override
  public int width() {
    // The last column stays free: some terminals begin a new line when it is written to.
    return Math.max(20, columns.getAsInt() - 1);
  }

  @Override
  public synchronized void freeze() {
    closed = true;
  }

  @Override
  public synchronized void close() {
    show(List.of());
    closed = true;
  }

  private String erase() {
    return drawn == 0 ? "" : ESCAPE + drawn + "A\r" + ESCAPE + "J";
  }

  private void draw(String before) {
    StringBuilder text = new StringBuilder(before);
    int width = width();
    for (String line : shown) {
      text.append(Fit.to(width, line)).append('\n');
    }
    drawn = shown.size();
    out.print(text);
    out.flush();
  }
}
