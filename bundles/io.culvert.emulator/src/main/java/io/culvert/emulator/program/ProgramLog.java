// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import io.culvert.program.LineFormatter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** The log of the process: one line an event, to one stream. Thread-safe. */
final class ProgramLog {
  // A strong reference: java.util.logging forgets the level of a logger that nobody holds.
  private static final Logger CULVERT = Logger.getLogger("io.culvert");

  private ProgramLog() {}

  /**
   * Begins to write. Loggers that are not Culvert's only warn.
   *
   * @param verbosity 0 information, 1 debug, 2 trace.
   * @param out where lines go.
   */
  static void start(int verbosity, PrintStream out) {
    LogManager.getLogManager().reset();
    CULVERT.setLevel(verbosity == 0 ? Level.INFO : verbosity == 1 ? Level.FINE : Level.FINEST);
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    root.addHandler(new LineHandler(out));
  }

  private static final class LineHandler extends StreamHandler {
    private final PrintStream out;

    LineHandler(PrintStream out) {
      super(out, new LineFormatter(true));
      this.out = out;
      setLevel(Level.ALL);
      try {
        setEncoding(StandardCharsets.UTF_8.name());
      } catch (java.io.UnsupportedEncodingException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public synchronized void publish(LogRecord entry) {
      super.publish(entry);
      flush();
    }

    /** The stream is not the log's own. */
    @Override
    public synchronized void close() {
      out.flush();
    }
  }
}
