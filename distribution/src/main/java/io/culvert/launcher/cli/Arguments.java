// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.cli;

import io.culvert.launcher.reference.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds the arguments of the program. The start scripts put them into environment variables, which
 * other users of the machine cannot see, instead of the process's argument list, which they can.
 */
public final class Arguments {
  /** The number of arguments in the variables that begin with {@link #ARGUMENT}. */
  static final String COUNT = "CULVERT_ARG_COUNT";

  /** Followed by 1, 2, 3 and so on: one argument each. */
  static final String ARGUMENT = "CULVERT_ARG_";

  /** The whole rest of the command line, as Windows scripts get it. */
  static final String LINE = "CULVERT_ARG_LINE";

  private Arguments() {}

  /**
   * Returns the arguments.
   *
   * @param plain the argument list of the process, which counts if no variable is set.
   * @param environment the environment variables.
   * @return the arguments.
   * @throws InputException if the variables contradict each other.
   */
  public static List<String> find(String[] plain, Map<String, String> environment) {
    String count = environment.get(COUNT);
    if (count != null) {
      return numbered(count, environment);
    }
    String line = environment.get(LINE);
    return line != null ? split(line) : List.of(plain);
  }

  private static List<String> numbered(String count, Map<String, String> environment) {
    if (!count.matches("[0-9]{1,5}")) {
      throw new InputException(COUNT + " '" + count + "': must be a number of arguments");
    }
    List<String> arguments = new ArrayList<>();
    for (int i = 1; i <= Integer.parseInt(count); i++) {
      String argument = environment.get(ARGUMENT + i);
      if (argument == null) {
        throw new InputException(ARGUMENT + i + ": must be set, as " + COUNT + " is " + count);
      }
      arguments.add(argument);
    }
    return arguments;
  }

  /** Splits at white space outside double quotes; {@code \"} is a quote, other backslashes stay. */
  static List<String> split(String line) {
    List<String> arguments = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    boolean quoted = false;
    boolean started = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        current.append('"');
        started = true;
        i++;
      } else if (c == '"') {
        quoted = !quoted;
        started = true;
      } else if (Character.isWhitespace(c) && !quoted) {
        if (started) {
          arguments.add(current.toString());
          current.setLength(0);
          started = false;
        }
      } else {
        current.append(c);
        started = true;
      }
    }
    if (started) {
      arguments.add(current.toString());
    }
    return arguments;
  }
}
