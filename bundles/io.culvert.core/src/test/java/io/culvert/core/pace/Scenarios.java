// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import io.culvert.core.pace.Scenario.Pace;
import java.util.ArrayList;
import java.util.List;

/** The matrix of what a pacer must cope with, and how well it must do. */
final class Scenarios {
  private static final long MB = 1_000_000;
  private static final long[] HIDDEN = {128 << 10, 4 << 20, 13 << 20};
  private static final double LAN = 0.2;

  private final List<Scenario> all = new ArrayList<>();

  private Scenarios() {}

  static List<Scenario> all() {
    Scenarios scenarios = new Scenarios();
    for (long hidden : HIDDEN) {
      String hides = ", hides " + (hidden >> 10) + " KiB";
      scenarios.addStreams(hidden, hides);
      scenarios.addRates(hidden, hides);
      scenarios.addSteps(hidden, hides);
      scenarios.addLatecomers(hidden, hides);
      scenarios.addSparse(hidden, hides);
      scenarios.addPeople(hidden, hides);
      scenarios.addRough(hidden, hides);
      scenarios.addStarved(hidden, hides);
    }
    scenarios.addSlowPeers();
    scenarios.addUnlimited();
    return scenarios.all;
  }

  private Scenario add(String name, double rate, long hidden) {
    Scenario scenario = new Scenario(name, rate).hides(hidden);
    all.add(scenario);
    return scenario;
  }

  private Scenario addEcho(String name, double rate, long hidden) {
    return add(name, rate, hidden).echo(Pace.CLOSED, 20);
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

  private void addSteps(long hidden, String hides) {
    addEcho("halved at 20 s" + hides, MB, hidden).step(20_000, 0.5 * MB).slow(1000).share(0.9);
    addEcho("halved at 20 s, 25 ms" + hides, MB, hidden)
        .step(20_000, 0.5 * MB)
        .delay(25)
        .slow(1000)
        .share(0.9);
    addEcho("10 MB/s to 1 MB/s at 20 s" + hides, 10 * MB, hidden)
        .step(20_000, MB)
        .slow(2500)
        .share(0.9);
    addEcho("doubled at 20 s" + hides, MB, hidden).step(20_000, 2 * MB).p99(35).share(0.7);
  }

  private void addLatecomers(long hidden, String hides) {
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
        .share(0.7);
    add("every 4 s" + hides, MB, hidden)
        .echo(Pace.CLOSED, 4000)
        .measured(40_500, 140_000)
        .p99(250)
        .share(0.85);
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
      thinks.p99(80);
      several.p99(80);
      if (!download) {
        timer.p99(100);
        types.p99(150);
      } else {
        // They ask whether they are answered or not, so nothing is known before it was measured.
        timer.measured(40_500, 70_000).p99(50);
        types.measured(40_500, 70_000).p99(50);
      }
    }
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

  /** Who waits long for an answer, or for ever, must not hold up bulk for long. */
  private void addSlowPeers() {
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
    slowPeers(1000 * MB, 3, 4, 5000)
        .smooth()
        .hides(32 << 20)
        .measured(10_500, 12_000)
        .unpaced(0.99);
  }

  private Scenario slowPeers(double rate, int clients, int every, long millis) {
    String name = (long) (rate / 1000) + " kB/s, " + clients + " wait ";
    Scenario scenario = add(name + (millis == 0 ? "for ever" : millis + " ms"), rate, 4 << 20);
    for (int i = 0; i < clients; i++) {
      scenario.echo(Pace.THINKS, 200, 37 * i);
    }
    return scenario.delay(10).slowPeer(every, millis);
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
        .measured(10_500, 60_000);
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
