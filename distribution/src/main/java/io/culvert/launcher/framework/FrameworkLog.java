// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.framework;

import io.culvert.launcher.log.Log;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Carries what the framework and its runtime (declarative services above all) report through the
 * OSGi log to our log; without a reader it would be silent. Thread-safe.
 */
final class FrameworkLog extends ServiceTracker<LogReaderService, LogReaderService>
    implements LogListener {
  /** Every start of a bundle and every service is an entry of its own, which says nothing. */
  private static final String EVENTS = "Events.";

  FrameworkLog(BundleContext context) {
    super(context, LogReaderService.class, null);
  }

  @Override
  public LogReaderService addingService(ServiceReference<LogReaderService> reference) {
    LogReaderService reader = super.addingService(reference);
    reader.addLogListener(this);
    return reader;
  }

  @Override
  public void removedService(
      ServiceReference<LogReaderService> reference, LogReaderService reader) {
    reader.removeLogListener(this);
    super.removedService(reference, reader);
  }

  @Override
  public void logged(LogEntry entry) {
    if (entry.getLoggerName().startsWith(EVENTS)) {
      return;
    }
    System.Logger.Level level =
        switch (entry.getLogLevel()) {
          case AUDIT, ERROR -> System.Logger.Level.ERROR;
          case WARN -> System.Logger.Level.WARNING;
          default -> System.Logger.Level.DEBUG;
        };
    Throwable thrown = entry.getException();
    Log.log(
        level,
        entry.getBundle().getSymbolicName()
            + ": "
            + entry.getMessage()
            + (thrown == null ? "" : ": " + thrown));
  }
}
