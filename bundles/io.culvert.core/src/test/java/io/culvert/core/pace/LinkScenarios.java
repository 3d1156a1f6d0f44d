// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import io.culvert.core.pace.Scenario.Pace;
import java.util.List;

/** Links that stay as they are, and one client that echoes. */
final class LinkScenarios extends Theme {
  LinkScenarios(List<Scenario> all) {
    super(all);
  }

  void addAll(long hidden, String hides) {
    addStreams(hidden, hides);
    addRates(hidden, hides);
    addSparse(hidden, hides);
  }

  private void addStreams(long hidden, String hides) {
    for (int streams : new int[] {1, 4, 16}) {
      addEcho("1 MB/s, " + streams + " streams" + hides, MB, hidden)
          .streams(streams)
          .p99(35)
          .atStart(150)
          .share(0.9);
    }
    addEcho("given" + hides, MB, hidden).settings(PaceSettings.fixed(MB)).p99(15).share(0.9);
    addEcho("smooth" + hides, MB, hidden).smooth().p99(35).share(0.9);
  }

  private void addRates(long hidden, String hides) {
    for (boolean download : new boolean[] {false, true}) {
      for (double rate : new double[] {0.1 * MB, MB, 10 * MB}) {
        for (double delay : new double[] {LAN, 25, 150}) {
          String name =
              (download ? "down " : "up ") + (long) (rate / 1000) + " kB/s, " + delay + " ms";
          // A window below what is on its way would be the limit.
          long window = (long) Math.max(hidden, 5 * rate * delay / 1000);
          addEcho(name + hides, rate, window)
              .delay(delay)
              .direction(download)
              .p99(delay > 100 ? 160 : 52)
              .share(delay > 100 ? 0.8 : 0.9);
        }
      }
    }
  }

  private void addSparse(long hidden, String hides) {
    add("every 500 ms" + hides, MB, hidden)
        .echo(Pace.CLOSED, 500)
        .measured(10_500, 60_000)
        .p99(136)
        .share(0.9);
    // What the client waits for hides a queue of half a second.
    add("every 500 ms down" + hides, MB, hidden)
        .echo(Pace.CLOSED, 500)
        .direction(true)
        .measured(10_500, 60_000)
        .p99(1700)
        .share(0.7);
    add("every 4 s" + hides, MB, hidden)
        .echo(Pace.CLOSED, 4000)
        .measured(40_500, 140_000)
        .p99(250)
        .share(0.85);
  }
}
