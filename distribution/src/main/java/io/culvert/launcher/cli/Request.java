// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.cli;

import io.culvert.launcher.LaunchPlan;
import java.nio.file.Path;

/** What the user asks for. */
public sealed interface Request {

  /**
   * Show something and exit.
   *
   * @param text what to show, without a line feed at the end.
   */
  record Show(String text) implements Request {}

  /**
   * Write the default settings and exit.
   *
   * @param file where to.
   */
  record Export(Path file) implements Request {}

  /**
   * Run a tunnel.
   *
   * @param plan what to run.
   */
  record Run(LaunchPlan plan) implements Request {}
}
