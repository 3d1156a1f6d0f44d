// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps every log line of ours and of Netty at the most verbose level, stack traces included. */
public final class LogCapture extends Handler implements AutoCloseable {
  private final List<Logger> loggers =
      List.of(Logger.getLogger("io.culvert"), Logger.getLogger("io.netty"));
  private final List<String> lines = new CopyOnWriteArrayList<>();

  public LogCapture() {
    setLevel(Level.ALL);
    for (Logger logger : loggers) {
      logger.setLevel(Level.ALL);
      logger.setUseParentHandlers(false);
      logger.addHandler(this);
    }
  }

  public List<String> lines() {
    return lines;
  }

  public List<String> warnings() {
    return lines.stream().filter(line -> line.startsWith("WARNING io.culvert")).toList();
  }

  /** Returns what a class has said to operators, without what goes before the message. */
  public List<String> infos(Class<?> type) {
    String prefix = "INFO " + type.getName() + " ";
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .toList();
  }

  @Override
  public void publish(LogRecord record) {
    StringWriter text = new StringWriter();
    text.append(record.getLevel() + " " + record.getLoggerName() + " " + record.getMessage());
    if (record.getThrown() != null) {
      record.getThrown().printStackTrace(new PrintWriter(text, true));
    }
    lines.add(text.toString());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    for (Logger logger : loggers) {
      logger.removeHandler(this);
      logger.setUseParentHandlers(true);
      logger.setLevel(null);
    }
  }
}
