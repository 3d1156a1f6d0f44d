// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * That processes have ended before the end of the run. Immutable.
 *
 * @param who which, and how, as in {@code source exited with 1}.
 * @param lastLines the last line that each has printed, without tokens; of some one after the
 *     other, and empty if none has printed any.
 */
public record Death(String who, String lastLines) implements Serializable {
  private static final long serialVersionUID = 1;

  /** Returns that of those that have ended, or nothing if all run. */
  public static Optional<Death> of(List<Child> children) {
    List<Child> dead = children.stream().filter(child -> child.exitCode().isPresent()).toList();
    if (dead.isEmpty()) {
      return Optional.empty();
    }
    String who =
        dead.stream()
            .map(child -> child.name() + " exited with " + child.exitCode().orElseThrow())
            .collect(Collectors.joining(", "));
    String lastLines =
        dead.stream()
            .map(Child::lastLine)
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining(" / "));
    return Optional.of(new Death(who, lastLines));
  }
}
