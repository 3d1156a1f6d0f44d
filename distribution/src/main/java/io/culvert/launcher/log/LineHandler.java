// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.log;

import io.culvert.program.LineFormatter;
import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Prints each record to a stream, which it does not own. As thread-safe as the stream. */
final class LineHandler extends Handler {
  private final PrintStream out;

  LineHandler(PrintStream out, LineFormatter formatter) {
    this.out = out;
    setFormatter(formatter);
    setLevel(Level.ALL);
  }

  @Override
  public void publish(LogRecord entry) {
    if (isLoggable(entry)) {
      out.print(getFormatter().format(entry));
      out.flush();
    }
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
