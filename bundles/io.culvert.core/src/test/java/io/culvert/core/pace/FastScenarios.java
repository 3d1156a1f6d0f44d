// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import io.culvert.core.pace.Scenario.Pace;
import java.util.List;

/** Links without a limit, on which nothing is to be paced. */
final class FastScenarios extends Theme {
  FastScenarios(List<Scenario> all) {
    super(all);
  }

  void addAll() {
    addUnlimited();
    for (boolean download : new boolean[] {false, true}) {
      for (double delay : new double[] {LAN, 25}) {
        addSessions(delay, download);
      }
    }
  }

  /** Bulk by an application that is the limit at first, beside people and programs. */
  private void addSessions(double delay, boolean download) {
    for (Pace pace : new Pace[] {Pace.SHELL, Pace.RUNS}) {
      for (int clients : new int[] {1, 3}) {
        sessions(", 12 MB/s", pace, clients, delay, download).measured(3500, 30_000).share(0.65);
        sessions(", restart", pace, clients, delay, download)
            .restart(15_000)
            .measured(16_000, 25_000)
            .share(0.65);
        // What is taken for the link's rate at first is found to be too little only slowly.
        sessions(", then all", pace, clients, delay, download)
            .gives(15_000, Double.POSITIVE_INFINITY)
            .measured(22_000, 25_000)
            .unpaced(0.9);
        sessions(", restart, all", pace, clients, delay, download)
            .gives(15_000, Double.POSITIVE_INFINITY)
            .restart(15_000)
            .measured(19_000, 21_000)
            .unpaced(0.9);
      }
    }
  }

  private Scenario sessions(String then, Pace pace, int clients, double delay, boolean download) {
    String way = download ? "down, " : "up, ";
    String name = "no limit, " + way + delay + " ms, " + clients + " " + pace + then;
    Scenario scenario =
        add(name, 1000 * MB, 32 << 20).smooth().delay(delay).direction(download).gives(0, 12 * MB);
    for (int i = 0; i < clients; i++) {
      scenario.echo(pace, 400, 100 * i);
    }
    return scenario;
  }

  private void addUnlimited() {
    for (double delay : new double[] {LAN, 25}) {
      for (boolean hiccups : new boolean[] {false, true}) {
        for (int streams : new int[] {1, 4}) {
          Scenario scenario =
              addEcho(
                      "no limit, "
                          + delay
                          + " ms, "
                          + streams
                          + (hiccups ? " streams, hiccups" : " streams"),
                      1000 * MB,
                      32 << 20)
                  .smooth()
                  .delay(delay)
                  .streams(streams)
                  .measured(1500, 4000)
                  .unpaced(0.99);
          scenario.hiccups = hiccups;
        }
      }
    }
    add("no limit, nobody asks", 1000 * MB, 13 << 20)
        .smooth()
        .measured(1500, 4000)
        .unpaced(0.99)
        .share(0.9);
    add("no limit, types", 1000 * MB, 13 << 20)
        .smooth()
        .delay(5)
        .echo(Pace.TYPES, 300)
        .measured(4500, 7000)
        .unpaced(0.99);
  }
}
