// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import io.culvert.core.pace.Scenario.Pace;
import java.util.List;

/** Rates that change, and clients that come and go. */
final class ChangeScenarios extends Theme {
  ChangeScenarios(List<Scenario> all) {
    super(all);
  }

  void addAll(long hidden, String hides) {
    addSteps(hidden, hides);
    addLatecomers(hidden, hides);
  }

  private void addSteps(long hidden, String hides) {
    addEcho("halved at 20 s" + hides, MB, hidden).step(20_000, 0.5 * MB).slow(1000).share(0.9);
    addEcho("halved at 20 s, down" + hides, MB, hidden)
        .step(20_000, 0.5 * MB)
        .direction(true)
        .slow(1000)
        .share(0.9);
    // Whoever asks by the clock asks at once after a late answer: then much less time is usual.
    addEcho("halved at 20 s, down, jitter and hiccups" + hides, MB, hidden)
        .step(20_000, 0.5 * MB)
        .direction(true)
        .jitter(4)
        .hiccups()
        .measured(20_500, 60_000)
        .slow(1500)
        .share(0.75);
    addEcho("halved at 20 s, 25 ms" + hides, MB, hidden)
        .step(20_000, 0.5 * MB)
        .delay(25)
        .slow(1000)
        .share(0.9);
    addEcho("10 MB/s to 1 MB/s at 20 s" + hides, 10 * MB, hidden)
        .step(20_000, MB)
        .slow(2500)
        .share(0.9);
    add("40 MB/s to 4 MB/s at 60 s, first echo at 80 s" + hides, 40 * MB, hidden)
        .step(60_000, 4 * MB)
        .echo(Pace.CLOSED, 20, 80_000)
        .measured(80_000, 95_000)
        .p99(50)
        .first(50)
        .share(0.9);
    addEcho("doubled at 20 s" + hides, MB, hidden).step(20_000, 2 * MB).p99(35).share(0.7);
  }

  private void addLatecomers(long hidden, String hides) {
    add("messages for 5 min, then bulk" + hides, MB, hidden)
        .echo(Pace.TIMER, 1)
        .slowPeer(1, 0)
        .bulk(300_000, Scenario.FOR_EVER)
        .measured(300_000, 340_000)
        .share(0.85);
    add("300 kB/s, all from 60 s, first echo at 80 s" + hides, MB, hidden)
        .gives(0, 0.3 * MB)
        .gives(60_000, Double.POSITIVE_INFINITY)
        .echo(Pace.CLOSED, 20, 80_000)
        .measured(80_000, 100_000)
        .p99(50)
        .first(50)
        .share(0.9);
    add("echo at first, back after 40 s" + hides, MB, hidden)
        .bulk(3000, Scenario.FOR_EVER)
        .echo(Pace.CLOSED, 20, 0, 2000)
        .echo(Pace.CLOSED, 20, 43_000)
        .measured(43_000, 60_000)
        .p99(50)
        .first(50)
        .share(0.9);
    add("first ever echo after 40 s" + hides, MB, hidden)
        .echo(Pace.CLOSED, 20, 40_500)
        .measured(40_500, 60_000)
        .p99(50)
        .first(50)
        .share(0.9);
    add("echo till 10 s, back at 40 s" + hides, MB, hidden)
        .echo(Pace.CLOSED, 20, 0, 10_000)
        .echo(Pace.CLOSED, 20, 40_500)
        .measured(10_500, 60_000)
        .p99(50)
        .first(50)
        .share(0.9);
  }
}
