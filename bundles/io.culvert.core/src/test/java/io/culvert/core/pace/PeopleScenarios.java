// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import io.culvert.core.pace.Scenario.Pace;
import java.util.List;

/** Clients that answer to nobody: by the clock, typing, thinking, or slow by themselves. */
final class PeopleScenarios extends Theme {
  private static final long SHALLOW = 128 << 10;

  PeopleScenarios(List<Scenario> all) {
    super(all);
  }

  void addAll(long hidden, String hides) {
    addPeople(hidden, hides);
    addSlow(hidden, hides);
    addSilent(hidden, hides);
    addByTheClock(hidden, hides);
    addInParts(hidden, hides);
  }

  /** Who was answered just before bulk begins, and then says no more. */
  private void addSilent(long hidden, String hides) {
    for (boolean download : new boolean[] {false, true}) {
      for (double rate : new double[] {MB, 10 * MB, 1000 * MB}) {
        String name = (download ? "down, " : "up, ") + (long) (rate / 1000) + " kB/s, falls silent";
        add(name + hides, rate, hidden)
            .echo(Pace.CLOSED, 20, 0, 300)
            .direction(download)
            .measured(500, 10_500)
            .share(rate > 100 * MB ? 0.4 : 0.65);
      }
    }
  }

  private void addPeople(long hidden, String hides) {
    for (boolean download : new boolean[] {false, true}) {
      String name = download ? "down " : "up ";
      Scenario timer = add(name + Pace.TIMER + hides, MB, hidden).echo(Pace.TIMER, 20);
      Scenario thinks = add(name + Pace.THINKS + hides, MB, hidden).echo(Pace.THINKS, 20);
      Scenario types = add(name + Pace.TYPES + hides, MB, hidden).echo(Pace.TYPES, 300);
      Scenario several =
          add(name + "several" + hides, MB, hidden)
              .echo(Pace.CLOSED, 20)
              .echo(Pace.TYPES, 300)
              .echo(Pace.THINKS, 100)
              .echo(Pace.CLOSED, 500);
      for (Scenario scenario : List.of(timer, thinks, types, several)) {
        scenario.direction(download).delay(10).measured(10_500, 60_000).share(0.7);
      }
      add(name + "two type, two need long" + hides, MB, hidden)
          .echo(Pace.TYPES, 300)
          .echo(Pace.TYPES, 300, 100)
          .echo(Pace.RUNS, 2500, 50)
          .echo(Pace.RUNS, 2500, 150)
          .direction(download)
          .delay(10)
          .measured(10_500, 60_000)
          .share(download ? 0.8 : 0.85);
      thinks.p99(80);
      several.p99(80);
      if (!download) {
        timer.p99(100);
        types.p99(150);
      } else {
        // They ask whether they are answered or not, so nothing is known before it was measured.
        timer.measured(40_500, 70_000);
        if (hidden <= SHALLOW) {
          timer.p99(50);
        }
        types.measured(40_500, 70_000).p99(50);
      }
    }
  }

  /** Who asks by the clock has several requests on their way, and many behind a queue. */
  private void addByTheClock(long hidden, String hides) {
    for (double rate : new double[] {0.1 * MB, MB, 10 * MB}) {
      for (double delay : new double[] {1, 25, 50}) {
        String name = (long) (rate / 1000) + " kB/s, " + 2 * delay + " ms, by the clock, ";
        // Far away, with less taken in than is on the way, much of the link stays unused.
        boolean narrow = rate * 2 * delay / 1000 > hidden;
        add(name + "up" + hides, rate, hidden)
            .echo(Pace.TIMER, 20)
            .delay(delay)
            .measured(10_500, 60_000)
            .p99(narrow ? 400 : 60)
            .share(narrow ? 0.25 : 0.85);
      }
    }
  }

  /** Whose answers are two messages each. */
  private void addInParts(long hidden, String hides) {
    for (double rate : new double[] {0.1 * MB, MB, 10 * MB}) {
      String name = (long) (rate / 1000) + " kB/s, answers in parts, up";
      add(name + hides, rate, hidden)
          .echo(Pace.CLOSED, 20)
          .answersInParts()
          .delay(10)
          .measured(10_500, 60_000)
          .p99(40)
          .share(0.85);
    }
  }

  private void addSlow(long hidden, String hides) {
    for (boolean download : new boolean[] {false, true}) {
      String name = download ? "down " : "up ";
      addEcho("greets " + name + hides, MB, hidden).direction(download).greets().p99(35).share(0.9);
      for (Pace pace : new Pace[] {Pace.WORKS, Pace.POLLS, Pace.MOODY}) {
        add(name + pace + hides, MB, hidden)
            .direction(download)
            .echo(pace, 5000)
            .measured(20_500, 90_000)
            .share(0.8);
        add(name + pace + ", somebody else echoes" + hides, MB, hidden)
            .direction(download)
            .echo(Pace.CLOSED, 20)
            .echo(pace, 5000)
            .measured(10_500, 60_000)
            .share(0.85);
      }
    }
  }

  /** Who waits long for an answer, or for ever, must not hold up bulk for long. */
  void addSlowPeers() {
    for (double rate : new double[] {MB, 10 * MB}) {
      for (int clients : new int[] {1, 3, 10}) {
        for (long millis : new long[] {1500, 5000, 30_000}) {
          slowPeers(rate, clients, 4, millis).measured(10_500, 70_000).share(0.5);
        }
        slowPeers(rate, clients, 6, 0).measured(10_500, 70_000).share(0.5);
      }
    }
    slowPeers(1000 * MB, 3, 4, 1500)
        .smooth()
        .hides(32 << 20)
        .measured(10_500, 12_000)
        .unpaced(0.99);
    // Whether they are slow or a link is takes long to tell.
    slowPeers(1000 * MB, 3, 4, 5000).smooth().hides(32 << 20).measured(10_500, 12_000).unpaced(0.3);
  }

  private Scenario slowPeers(double rate, int clients, int every, long millis) {
    String name = (long) (rate / 1000) + " kB/s, " + clients + " wait ";
    Scenario scenario = add(name + (millis == 0 ? "for ever" : millis + " ms"), rate, 4 << 20);
    for (int i = 0; i < clients; i++) {
      scenario.echo(Pace.THINKS, 200, 37 * i);
    }
    return scenario.delay(10).slowPeer(every, millis);
  }
}
