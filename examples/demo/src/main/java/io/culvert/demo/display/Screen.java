// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.display;

import java.util.List;

/**
 * Where the demo speaks to its user: lines that stay, and below them a few that are drawn anew.
 * Implementations may be called from any thread.
 */
public interface Screen extends AutoCloseable {
  /** Prints a line that stays. */
  void say(String line);

  /** Shows these lines instead of those shown so before; none ends that. */
  void show(List<String> lines);

  /** Returns the columns that a shown line may have. */
  int width();

  /** Leaves everything as it is; what comes later is ignored. */
  void freeze();

  /** Takes back the lines that are shown; what comes later is ignored. */
  @Override
  void close();
}
