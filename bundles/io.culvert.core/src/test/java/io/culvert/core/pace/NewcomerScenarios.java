// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import io.culvert.core.pace.Scenario.Pace;
import java.util.List;

/** Somebody who comes where nobody was answered so far, or not on this link. */
final class NewcomerScenarios extends Theme {
  private static final long COMES = 40_500;

  NewcomerScenarios(List<Scenario> all) {
    super(all);
  }

  void addAll(long hidden, String hides) {
    for (boolean download : new boolean[] {false, true}) {
      addNew(hidden, hides, download);
      addFarAway(hidden, hides, download);
      addSlower(hidden, hides, download);
      addStarved(hidden, hides, download);
    }
    addOnce(hidden, hides);
  }

  /** A connection for each request: nothing that is learned of one helps it again. */
  private void addOnce(long hidden, String hides) {
    for (long every : new long[] {100, 500, 5000}) {
      for (long millis : new long[] {0, 300, 2000}) {
        String how = millis == 0 ? "far away" : "answered in " + millis + " ms";
        add("a newcomer every " + every + " ms, " + how + hides, MB, hidden)
            .works(millis)
            .delay(millis == 0 ? 150 : LAN)
            .echo(Pace.ONCE, every)
            .measured(COMES, 100_000)
            // 0.93 of what was measured, if bulk hardly ever stops.
            .share(0.85);
      }
    }
  }

  /** What the service hides grows while bulk is alone, so that its rate is hard to see. */
  private void addNew(long hidden, String hides, boolean download) {
    add("newcomer" + way(download) + hides, MB, hidden)
        .grows()
        .echo(Pace.CLOSED, 20, COMES)
        .direction(download)
        .measured(COMES, 80_000)
        .p99(50)
        .slow(6000)
        .share(0.9);
    add("newcomer, a shell" + way(download) + hides, MB, hidden)
        .grows()
        .echo(Pace.SHELL, 400, COMES)
        .direction(download)
        .measured(COMES, 80_000)
        .slow(30_000)
        .share(0.8);
    // What is hidden of a slower link is not gone by then.
    add("newcomer, 100 kB/s" + way(download) + hides, 0.1 * MB, Math.min(hidden, 4 << 20))
        .grows()
        .echo(Pace.CLOSED, 20, COMES)
        .direction(download)
        .measured(COMES + 35_000, 100_000)
        .p99(52)
        .share(0.9);
  }

  private void addStarved(long hidden, String hides, boolean download) {
    for (boolean known : new boolean[] {false, true}) {
      for (double rate : new double[] {MB, 10 * MB}) {
        String name = "starved, " + (known ? "comes again" : "newcomer") + way(download);
        Scenario scenario = add(name + ", " + (long) (rate / 1000) + " kB/s" + hides, rate, hidden);
        if (known) {
          scenario.echo(Pace.CLOSED, 20, 0, 5_000);
        }
        scenario
            .starved()
            .echo(Pace.CLOSED, 20, COMES)
            .direction(download)
            .measured(COMES, 80_000)
            .first(1000)
            .share(0.35);
      }
    }
  }

  private void addFarAway(long hidden, String hides, boolean download) {
    for (double rate : new double[] {MB, 10 * MB}) {
      String name = "newcomer far away" + way(download) + ", " + (long) (rate / 1000) + " kB/s";
      add(name + hides, rate, (long) Math.max(hidden, 0.8 * rate))
          .delay(150)
          .echo(Pace.CLOSED, 20, COMES)
          .direction(download)
          .measured(COMES, 80_000)
          .p99(160)
          .first(160)
          .share(0.9);
    }
  }

  private void addSlower(long hidden, String hides, boolean download) {
    for (boolean pause : new boolean[] {false, true}) {
      for (boolean early : new boolean[] {false, true}) {
        String name =
            (early ? "echo, " : "newcomer, ")
                + "40 MB/s to 4 MB/s at 20 s"
                + (pause ? " in a pause" : "")
                + way(download);
        Scenario scenario =
            add(name + hides, 40 * MB, hidden)
                .step(20_000, 4 * MB)
                .echo(Pace.CLOSED, 20, early ? 0 : COMES)
                .direction(download);
        if (pause) {
          scenario.gives(15_000, 0).gives(22_000, Double.POSITIVE_INFINITY);
        }
        scenario.measured(early ? 19_000 : COMES, 60_000).p99(50).share(0.9);
        if (early) {
          scenario.slow(3000);
        } else {
          scenario.first(50);
        }
      }
    }
    add("restart, 10 MB/s to 100 kB/s" + way(download) + hides, 10 * MB, hidden)
        .step(15_000, 0.1 * MB)
        .restart(15_000)
        .echo(Pace.CLOSED, 20)
        .direction(download)
        .measured(15_000, 60_000)
        .slow(4500)
        .share(0.9);
  }

  private static String way(boolean download) {
    return download ? ", down" : ", up";
  }
}
