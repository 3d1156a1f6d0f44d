// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.program;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Writes {@code 2026-11-21T23:45:00.123Z INFO message}. Control characters in messages, which may
 * come from the network, are replaced. Thread-safe.
 */
public final class LineFormatter extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final boolean withStackTraces;

  /**
   * Makes a formatter.
   *
   * @param withStackTraces whether what was thrown is shown with its stack trace, on further lines.
   */
  public LineFormatter(boolean withStackTraces) {
    this.withStackTraces = withStackTraces;
  }

  @Override
  public String format(LogRecord entry) {
    StringBuilder line = new StringBuilder(160);
    TIME.formatTo(entry.getInstant(), line);
    line.append(' ').append(name(entry.getLevel())).append(' ');
    appendVisible(line, formatMessage(entry));
    Throwable thrown = entry.getThrown();
    if (thrown != null) {
      appendVisible(line.append(": "), thrown.toString());
    }
    line.append(System.lineSeparator());
    if (thrown != null && withStackTraces) {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace));
      line.append(trace);
    }
    return line.toString();
  }

  private static String name(Level level) {
    int value = level.intValue();
    if (value > Level.SEVERE.intValue()) {
      return "FATAL";
    }
    if (value == Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARN ";
    }
    if (value >= Level.CONFIG.intValue()) {
      return "INFO ";
    }
    return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
  }

  private static void appendVisible(StringBuilder line, String text) {
    text.codePoints().map(c -> Character.isISOControl(c) ? '?' : c).forEach(line::appendCodePoint);
  }
}
