// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.util.ArrayList;
import java.util.List;

/** The matrix of what a pacer must cope with, and how well it must do. */
final class Scenarios {
  private static final long[] HIDDEN = {128 << 10, 4 << 20, 13 << 20};

  private Scenarios() {}

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    for (long hidden : HIDDEN) {
      String hides = ", hides " + (hidden >> 10) + " KiB";
      new LinkScenarios(all).addAll(hidden, hides);
      new ChangeScenarios(all).addAll(hidden, hides);
      new NewcomerScenarios(all).addAll(hidden, hides);
      new PeopleScenarios(all).addAll(hidden, hides);
      new RoughScenarios(all).addAll(hidden, hides);
    }
    new PeopleScenarios(all).addSlowPeers();
    new FastScenarios(all).addAll();
    return all;
  }

  /**
   * Prints the outcome of each scenario whose name has all of what is given. Options: -v traces
   * every second, -v100 every 100 ms, -s5 is for the worst of 5 seeds, -o3 for the third only.
   */
  public static void main(String[] args) {
    int first = 1;
    int seeds = 1;
    long trace = 0;
    List<String> parts = new ArrayList<>();
    for (String arg : args) {
      if (arg.startsWith("-v")) {
        trace = arg.length() > 2 ? Long.parseLong(arg.substring(2)) : 1000;
      } else if (arg.startsWith("-o")) {
        first = Integer.parseInt(arg.substring(2));
        seeds = first;
      } else if (arg.startsWith("-s")) {
        seeds = Integer.parseInt(arg.substring(2));
      } else {
        parts.add(arg);
      }
    }
    for (Scenario scenario : all()) {
      if (parts.stream().allMatch(scenario.name::contains)) {
        Outcome worst = null;
        for (int seed = first; seed <= seeds; seed++) {
          scenario.seed(seed).traceMillis = trace;
          Outcome outcome = Simulation.run(scenario);
          System.out.print(outcome.trace());
          worst = worst == null ? outcome : worst.worse(outcome);
        }
        System.out.printf(
            "%-44s %s%s%n",
            scenario.name, worst, worst == null || scenario.isMet(worst) ? "" : "  MISSED");
      }
    }
  }
}
