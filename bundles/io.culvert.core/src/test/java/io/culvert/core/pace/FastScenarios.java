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
