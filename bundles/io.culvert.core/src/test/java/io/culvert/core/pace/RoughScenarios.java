// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import io.culvert.core.pace.Scenario.Pace;
import java.util.List;

/** Hiccups, jitter, others on the link, and machines short of processor time. */
final class RoughScenarios extends Theme {
  RoughScenarios(List<Scenario> all) {
    super(all);
  }

  void addAll(long hidden, String hides) {
    addRough(hidden, hides);
    addStarved(hidden, hides);
    addStill(hidden, hides);
  }

  private void addRough(long hidden, String hides) {
    addEcho("hiccups" + hides, MB, hidden).hiccups().measured(10_500, 60_000).p99(50).share(0.85);
    addEcho("jitter 8 ms" + hides, MB, hidden)
        .jitter(8)
        .measured(10_500, 60_000)
        .p99(50)
        .share(0.85);
    addEcho("jitter, hiccups, others take up to 30 %" + hides, MB, hidden)
        .hiccups()
        .jitter(8)
        .delay(20)
        .competing(0.3)
        .measured(10_500, 60_000)
        .p99(120)
        .share(0.75);
  }

  private void addStarved(long hidden, String hides) {
    for (boolean download : new boolean[] {false, true}) {
      for (double rate : new double[] {0.1 * MB, MB, 10 * MB}) {
        String name = "starved, " + (download ? "down " : "up ") + (long) (rate / 1000) + " kB/s";
        addEcho(name + hides, rate, hidden)
            .starved()
            .greets()
            .jitter(6)
            .direction(download)
            .measured(10_500, 60_000)
            .p99(200)
            .share(0.4);
      }
    }
    addEcho("starved, given" + hides, MB, hidden)
        .settings(PaceSettings.fixed(MB))
        .starved()
        .jitter(6)
        .measured(10_500, 60_000)
        .p99(300)
        .share(0.8);
    addEcho("starved, halved" + hides, MB, hidden)
        .starved()
        .jitter(6)
        .step(20_000, 0.5 * MB)
        .p99(200)
        .share(0.4);
    addEcho("starved, four times at 30 s" + hides, 0.5 * MB, hidden)
        .starved()
        .jitter(6)
        .step(30_000, 2 * MB)
        .measured(30_000, 60_000)
        .p99(200)
        .share(0.3);
  }

  /** What bulk filled must be found out and gone before somebody comes, whatever stands still. */
  private void addStill(long hidden, String hides) {
    for (boolean download : new boolean[] {false, true}) {
      for (double rate : new double[] {MB, 10 * MB}) {
        String way = (download ? "down " : "up ") + (long) (rate / 1000) + " kB/s";
        add("stands still, newcomer, " + way + hides, rate, hidden)
            .standsStill()
            .echo(Pace.CLOSED, 20, 60_000)
            .direction(download)
            .measured(60_000, 90_000)
            .first(4000);
      }
    }
  }
}
