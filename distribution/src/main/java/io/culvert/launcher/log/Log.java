// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.log;

import io.culvert.program.LineFormatter;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The log of this process: one line each, from the launcher and, through SLF4J, from the bundles.
 * Thread-safe.
 */
public final class Log {
  /** The reason of the end, which is shown before anything is hidden but silence. */
  public static final Level FATAL = new FatalLevel();

  private static final int ERROR = 2;
  private static final int WARNING = 3;
  private static final int INFO = 4;
  private static final int DEBUG = 5;
  // A strong reference: java.util.logging forgets the level of a logger that nobody holds.
  private static final Logger CULVERT = Logger.getLogger("io.culvert");
  private static final Logger ROOT = Logger.getLogger("");
  // The debug lines of the web console's server show requests with the password.
  private static final String JETTY = "org.eclipse.jetty";
  // The JDK's debug lines show every trusted certificate of every handshake.
  private static final List<Logger> QUIET =
      Stream.of("java", "javax", "jdk", "sun", JETTY, "org.apache.felix.webconsole")
          .map(Logger::getLogger)
          .toList();
  // Its errors are browsers that have gone away.
  private static final Logger HTTP = Logger.getLogger("org.apache.felix.http");
  // It tells of every value that it replaces; the components say which placeholders have none.
  private static final Logger INTERPOLATION =
      Logger.getLogger("org.apache.felix.configadmin.plugin.interpolation");

  private static final List<Logger> CONFIGURED = new CopyOnWriteArrayList<>();

  private Log() {}

  /**
   * Begins to write. Loggers that are not Culvert's say one level less, and never trace; those of
   * the JDK and of the web console's libraries warn at most, and that of placeholders in
   * configurations reports errors only.
   *
   * @param verbosity 0 nothing, 1 fatal, 2 error, 3 warning, 4 info, 5 debug, 6 trace.
   * @param out where lines go.
   */
  public static void start(int verbosity, PrintStream out) {
    start(verbosity, Map.of(), List.of(out));
  }

  /**
   * Begins to write as {@link #start(int, PrintStream)}, but for some loggers.
   *
   * @param verbosity as there.
   * @param levels levels by name of logger, which go before the verbosity, but never show secrets.
   * @param outs where each line goes.
   */
  public static void start(int verbosity, Map<String, Level> levels, List<PrintStream> outs) {
    LogManager.getLogManager().reset();
    CULVERT.setLevel(level(verbosity));
    ROOT.setLevel(level(verbosity > INFO ? verbosity - 1 : verbosity));
    QUIET.forEach(logger -> logger.setLevel(level(Math.min(verbosity, WARNING))));
    HTTP.setLevel(verbosity >= DEBUG ? Level.INFO : Level.OFF);
    INTERPOLATION.setLevel(level(Math.min(verbosity, ERROR)));
    CONFIGURED.clear();
    levels.forEach(
        (name, level) -> {
          Logger logger = Logger.getLogger(name);
          boolean tells = name.startsWith(JETTY) && level.intValue() < Level.INFO.intValue();
          logger.setLevel(tells ? Level.INFO : level);
          CONFIGURED.add(logger);
        });
    for (PrintStream out : outs) {
      ROOT.addHandler(new LineHandler(out, new LineFormatter(verbosity >= DEBUG)));
    }
  }

  private static Level level(int verbosity) {
    return switch (verbosity) {
      case 0 -> Level.OFF;
      case 1 -> FATAL;
      case ERROR -> Level.SEVERE;
      case WARNING -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.FINE;
      default -> Level.FINEST;
    };
  }

  public static void fatal(String message) {
    log(FATAL, message);
  }

  public static void error(String message) {
    log(Level.SEVERE, message);
  }

  public static void warning(String message) {
    log(Level.WARNING, message);
  }

  public static void info(String message) {
    log(Level.INFO, message);
  }

  public static void log(System.Logger.Level level, String message) {
    log(
        switch (level) {
          case ERROR -> Level.SEVERE;
          case WARNING -> Level.WARNING;
          case INFO -> Level.INFO;
          case DEBUG -> Level.FINE;
          default -> Level.FINEST;
        },
        message);
  }

  private static void log(Level level, String message) {
    CULVERT.log(new LogRecord(level, message));
  }

  private static final class FatalLevel extends Level {
    private static final long serialVersionUID = 1L;

    FatalLevel() {
      super("FATAL", Level.SEVERE.intValue() + 100);
    }
  }
}
