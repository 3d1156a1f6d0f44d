// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.process.Link;
import io.culvert.benchmarks.process.Settings;
import io.culvert.benchmarks.result.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One thing to measure, each time with fresh processes. Immutable. */
public interface Cell {
  /** The service that bulk uses. */
  String BULK = "BULK";

  /** The service that echoes use. */
  String ECHO = "ECHO";

  /** Returns its name, words with slashes between; the first one is what it is about. */
  String name();

  /** Returns the way through the service. */
  Link link();

  /** Returns the services of the tunnel. */
  default List<String> services() {
    return List.of(BULK, ECHO);
  }

  /** Returns the settings of the programs. */
  default Settings settings() {
    return Settings.NONE;
  }

  /** Returns the longest time that the measuring may take. */
  default Duration longest() {
    return Duration.ofMinutes(5);
  }

  /**
   * Measures.
   *
   * @param rig what runs; it answers.
   * @param figures where to put what is found, as soon as it is: a run may fail in between.
   */
  void measure(Rig rig, Figures figures) throws IOException, InterruptedException;
}
