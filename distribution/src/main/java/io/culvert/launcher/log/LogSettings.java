// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.log;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.regex.Pattern;

/**
 * What a file in the format of java.util.logging says about levels and the log file. Immutable.
 *
 * @param levels levels by name of logger; the empty name is for all that have none.
 * @param limit most bytes of a log file.
 * @param count how many log files there are at most.
 * @param complaints what is wrong in the file; the defaults hold there.
 */
public record LogSettings(
    Map<String, Level> levels, long limit, int count, List<String> complaints) {
  /** Without a file. */
  public static final LogSettings DEFAULT = new LogSettings(Map.of(), 2_000_000, 5, List.of());

  private static final String LIMIT = "java.util.logging.FileHandler.limit";
  private static final String COUNT = "java.util.logging.FileHandler.count";
  private static final String LEVEL = ".level";
  private static final Pattern HANDLER_LEVEL =
      Pattern.compile("java\\.util\\.logging\\.\\w*Handler\\.level");
  private static final int MOST = 1_000_000_000;

  /** Copies the collections. */
  public LogSettings {
    levels = Map.copyOf(levels);
    complaints = List.copyOf(complaints);
  }

  /**
   * Reads a file.
   *
   * @param file the file, which need not be there.
   */
  public static LogSettings read(Path file) {
    if (Files.notExists(file)) {
      return DEFAULT;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      String complaint = file + " cannot be read, the defaults hold (" + e + ")";
      return new LogSettings(Map.of(), DEFAULT.limit, DEFAULT.count, List.of(complaint));
    }
    return new Reading(file).read(properties);
  }

  /** One pass over a file. */
  private static final class Reading {
    private final Path file;
    private final Map<String, Level> levels = new TreeMap<>();
    private final List<String> complaints = new ArrayList<>();
    private int limit = (int) DEFAULT.limit;
    private int count = DEFAULT.count;

    Reading(Path file) {
      this.file = file;
    }

    LogSettings read(Properties properties) {
      for (String key : properties.stringPropertyNames()) {
        String value = properties.getProperty(key).strip();
        if (key.equals(LIMIT)) {
          limit = number(key, value, 10_000, limit);
        } else if (key.equals(COUNT)) {
          count = number(key, value, 1, count);
        } else if (HANDLER_LEVEL.matcher(key).matches()) {
          complain(key, value, "has no effect here; set levels of loggers, such as .level");
        } else if (key.endsWith(LEVEL)) {
          level(key, value);
        } else {
          complain(key, value, "has no effect here");
        }
      }
      return new LogSettings(levels, limit, count, complaints);
    }

    private int number(String key, String value, int least, int otherwise) {
      try {
        int number = Integer.parseInt(value);
        if (number >= least && number <= MOST) {
          return number;
        }
      } catch (NumberFormatException e) {
        complain(key, value, "must be a number");
        return otherwise;
      }
      complain(key, value, "must be " + least + " to " + MOST);
      return otherwise;
    }

    private void level(String key, String value) {
      try {
        levels.put(key.substring(0, key.length() - LEVEL.length()), Level.parse(value));
      } catch (IllegalArgumentException e) {
        complain(
            key, value, "must be OFF, SEVERE, WARNING, INFO, CONFIG, FINE, FINER, FINEST or ALL");
      }
    }

    private void complain(String key, String value, String what) {
      complaints.add(file + ": " + key + " '" + value + "' " + what);
    }
  }
}
