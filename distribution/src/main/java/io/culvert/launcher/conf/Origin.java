// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ConfigurationStatus;
import io.culvert.launcher.log.Log;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a configuration comes from, and what is said of it then. Immutable.
 *
 * @param name the file, or the PID if it comes from none.
 * @param how what it is called beside that.
 * @param text what the file says.
 */
record Origin(String name, String how, ConfText text) {
  private static final ConfText UNKNOWN = new ConfText(Map.of(), Map.of());

  static Origin of(ConfFile file) {
    return new Origin(file.path().toString(), "", file.text());
  }

  /** For a file that is another now. */
  static Origin of(Path file, AppliedVersion version) {
    return new Origin(file.toString(), " in " + version, UNKNOWN);
  }

  static Origin otherTool(String pid) {
    return new Origin(pid, " as another tool has configured it", UNKNOWN);
  }

  static Origin defaults(String pid) {
    return new Origin(pid, "", UNKNOWN);
  }

  /**
   * Says what the component has made of it.
   *
   * @param instead what holds if it is refused.
   */
  void say(ConfigurationStatus status, String instead) {
    switch (status.state()) {
      case ACCEPTED -> sayAccepted(status.warnings());
      case REFUSED -> Log.warning(verdict("not in force, " + instead, status));
      case WAITING -> Log.info(verdict("not in force yet", status));
    }
  }

  private void sayAccepted(List<ConfigurationProblem> warnings) {
    if (warnings.isEmpty()) {
      Log.info(inForce());
    } else {
      Log.warning(inForce() + ", but " + lines(warnings.stream()));
    }
  }

  private String inForce() {
    return name + ": in force" + how;
  }

  private String verdict(String verdict, ConfigurationStatus status) {
    return name + how + ": " + verdict + ": " + problems(status);
  }

  /** Returns all that is wrong or odd, with the lines that it stands in. */
  String problems(ConfigurationStatus status) {
    return lines(Stream.concat(status.errors().stream(), status.warnings().stream()));
  }

  private String lines(Stream<ConfigurationProblem> problems) {
    return problems
        .sorted(Comparator.comparingInt(this::place))
        .map(this::line)
        .collect(Collectors.joining("; "));
  }

  /** Last is what the file does not have. */
  private int place(ConfigurationProblem problem) {
    int line = text.line(problem.key());
    return line == 0 ? Integer.MAX_VALUE : line;
  }

  private String line(ConfigurationProblem problem) {
    int line = text.line(problem.key());
    return (line == 0 ? "" : "line " + line + ": ") + problem;
  }
}
