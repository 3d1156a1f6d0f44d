// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class logs. Safe for all threads. */
final class LogLines extends Handler implements AutoCloseable {
  private final Logger logger;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> coming = new LinkedBlockingQueue<>();

  LogLines(Class<?> of) {
    logger = Logger.getLogger(of.getName());
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  @Override
  public void publish(LogRecord entry) {
    coming.add(entry.getMessage());
    if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
      lines.add(entry.getMessage());
    }
  }

  /** Waits for a line that has a part, and returns it. */
  String await(String part) throws InterruptedException {
    String line = "";
    while (line != null && !line.contains(part)) {
      line = coming.poll(30, TimeUnit.SECONDS);
    }
    return String.valueOf(line);
  }

  /** Returns the warnings and errors. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
