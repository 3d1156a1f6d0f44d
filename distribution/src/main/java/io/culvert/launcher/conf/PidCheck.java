// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import io.culvert.launcher.framework.KnownPids;
import java.util.Comparator;
import java.util.Optional;

/** Finds mistakes in the PIDs of files, by what the bundles say of theirs. Stateless. */
final class PidCheck {
  private static final String OURS = "io.culvert.";
  private static final String SUFFIX = ".cfg.json";

  private PidCheck() {}

  /**
   * Checks that a file has a name if there can be several of its kind, and none if there is one.
   *
   * @throws ConfException if it is not so.
   */
  static void check(ConfName name, KnownPids known) throws ConfException {
    String pid = name.pid();
    boolean several = known.factories().contains(pid);
    boolean one = known.single().contains(pid);
    if (name.name() == null && several && !one) {
      throw new ConfException(
          "each of a kind needs a name: rename it to " + pid + "~NAME" + SUFFIX);
    }
    if (name.name() != null && one && !several) {
      throw new ConfException("there is only one of its kind: rename it to " + pid + SUFFIX);
    }
  }

  /** Returns whether a component says itself what it makes of a file, as ours do. */
  static boolean isReported(ConfName name, KnownPids known) {
    return name.pid().startsWith(OURS) && known.all().contains(name.pid());
  }

  /** Says what is odd about a PID of ours that no bundle knows. */
  static Optional<String> doubt(ConfName name, KnownPids known) {
    String pid = name.pid();
    if (!pid.startsWith(OURS) || known.all().contains(pid)) {
      return Optional.empty();
    }
    String nearest = nearest(pid, known, 2).map(PidCheck::question).orElse("");
    return Optional.of(
        "has no effect, as nothing here is called "
            + pid
            + nearest
            + " (there are "
            + String.join(", ", known.all())
            + ")");
  }

  /** Says what is odd about a PID without a dot that no bundle knows and that is like ours. */
  static Optional<String> suspicion(ConfName name, KnownPids known) {
    String pid = name.pid();
    return pid.indexOf('.') >= 0 || known.all().contains(pid)
        ? Optional.empty()
        : nearest(OURS + pid, known, 3)
            .map(other -> "handed over, but nothing here is known as " + pid + question(other));
  }

  private static String question(String pid) {
    return "; did you mean " + pid + "?";
  }

  /** Returns the PID of ours that is most like another; one letter of some may differ. */
  private static Optional<String> nearest(String pid, KnownPids known, int some) {
    return known.all().stream()
        .filter(other -> other.startsWith(OURS) && distance(pid, other) <= letters(other) / some)
        .min(Comparator.comparingInt(other -> distance(pid, other)));
  }

  /** Returns how long the part is in which PIDs of ours can differ. */
  private static int letters(String pid) {
    return pid.length() - OURS.length();
  }

  /** Returns how many letters have to be added, deleted or replaced, whatever their case. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (lower(from, i - 1) == lower(to, j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }

  private static char lower(String text, int index) {
    return Character.toLowerCase(text.charAt(index));
  }
}
