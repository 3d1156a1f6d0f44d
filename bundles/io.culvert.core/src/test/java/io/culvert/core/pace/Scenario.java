// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.util.ArrayList;
import java.util.List;

/** What a model link is like, and who uses it. Times are milliseconds from the start. */
final class Scenario {
  /** A rate that comes into force at a time. */
  record Step(long atMillis, double rate) {}

  /** How a client asks. */
  enum Pace {
    /** Waits for the answer, and then until the gap since its last request is over. */
    CLOSED,
    /** Waits for the answer, and then a gap that varies by half. */
    THINKS,
    /** Asks every gap, answered or not. */
    TIMER,
    /** Asks at gaps between a third of it and 5 thirds, answered or not. */
    TYPES,
    /** Asks at once, and the other end needs the gap for its answer. */
    WORKS,
    /** Asks at once, and the other end answers when something happens, after a gap at most. */
    POLLS,
    /** Asks ten times a second, and the other end needs the gap for every tenth answer. */
    MOODY,
    /** Types keys that are echoed at once, then a command that takes a while, and reads. */
    SHELL,
    /** Asks soon after each answer, and the other end needs up to the gap for it. */
    RUNS,
    /** Asks every gap, each time on a connection of its own. */
    ONCE
  }

  /** A client, how it asks, from when to when. */
  record Client(Pace pace, long gapMillis, long fromMillis, long untilMillis) {}

  /** In milliseconds. */
  static final long FOR_EVER = Long.MAX_VALUE / Clock.MILLI / 4;

  final String name;
  final List<Step> steps = new ArrayList<>();
  final List<Step> gives = new ArrayList<>();
  final List<Client> clients = new ArrayList<>();
  PaceSettings settings = PaceSettings.AUTO;
  boolean download;
  long hidden = 4 << 20;
  boolean grows;
  boolean lumps = true;
  double delayMillis = 0.2;
  double jitterMillis;
  double competing;
  boolean hiccups;
  Stills stills = new Stills(0, 0, 0);
  boolean greets;
  boolean parts;
  long worksMillis;
  int streams = 4;
  int slowEvery;
  long slowMillis;
  long bulkFromMillis = 500;
  long bulkUntilMillis = FOR_EVER;
  long restartMillis = FOR_EVER;
  long fromMillis = 10_500;
  long untilMillis = 30_000;
  long seed = 1;
  long traceMillis;
  double mostP99 = Double.POSITIVE_INFINITY;
  double mostFirst = Double.POSITIVE_INFINITY;
  double mostAtStart = Double.POSITIVE_INFINITY;
  double mostSlow = Double.POSITIVE_INFINITY;
  double leastShare;
  double leastUnpaced;

  Scenario(String name, double rate) {
    this.name = name;
    steps.add(new Step(0, rate));
  }

  Scenario echo(Pace pace, long gapMillis) {
    return echo(pace, gapMillis, 0);
  }

  Scenario echo(Pace pace, long gapMillis, long fromMillis) {
    clients.add(new Client(pace, gapMillis, fromMillis, FOR_EVER));
    return this;
  }

  Scenario echo(Pace pace, long gapMillis, long fromMillis, long untilMillis) {
    clients.add(new Client(pace, gapMillis, fromMillis, untilMillis));
    return this;
  }

  Scenario step(long atMillis, double rate) {
    steps.add(new Step(atMillis, rate));
    return this;
  }

  /** From a time on bulk's applications together give no more. */
  Scenario gives(long atMillis, double rate) {
    gives.add(new Step(atMillis, rate));
    return this;
  }

  /** Another WebSocket takes over at a time. */
  Scenario restart(long atMillis) {
    restartMillis = atMillis;
    return this;
  }

  Scenario settings(PaceSettings value) {
    settings = value;
    return this;
  }

  /** Bulk and answers go the same way, or bulk and requests do. */
  Scenario direction(boolean isDownload) {
    download = isDownload;
    return this;
  }

  /** What the service takes in ahead of the link; it may begin with less and grow. */
  Scenario hides(long bytes) {
    hidden = bytes;
    return this;
  }

  Scenario grows() {
    grows = true;
    return this;
  }

  Scenario smooth() {
    lumps = false;
    return this;
  }

  /** One way. */
  Scenario delay(double millis) {
    delayMillis = millis;
    return this;
  }

  Scenario jitter(double millis) {
    jitterMillis = millis;
    return this;
  }

  /** Others take up to this share, now and then. */
  Scenario competing(double share) {
    competing = share;
    return this;
  }

  Scenario hiccups() {
    hiccups = true;
    return this;
  }

  /** Every so many requests of a client one is answered so much later; 0 is never. */
  Scenario slowPeer(int every, long millis) {
    slowEvery = every;
    slowMillis = millis;
    return this;
  }

  /** The other end needs so long for each answer. */
  Scenario works(long millis) {
    worksMillis = millis;
    return this;
  }

  /** Every machine is short of processor time: the sender, the service, and the other end. */
  Scenario starved() {
    stills = new Stills(400, 20, 150);
    return this;
  }

  /** Every machine stands still every few seconds, for up to a second. */
  Scenario standsStill() {
    stills = new Stills(3000, 300, 1000);
    return this;
  }

  /** Clients begin with something that is not answered. */
  Scenario greets() {
    greets = true;
    return this;
  }

  /** Each answer is two messages. */
  Scenario answersInParts() {
    parts = true;
    return this;
  }

  Scenario streams(int count) {
    streams = count;
    return this;
  }

  Scenario bulk(long fromMillis, long untilMillis) {
    bulkFromMillis = fromMillis;
    bulkUntilMillis = untilMillis;
    return this;
  }

  Scenario measured(long fromMillis, long untilMillis) {
    this.fromMillis = fromMillis;
    this.untilMillis = untilMillis;
    return this;
  }

  Scenario seed(long value) {
    seed = value;
    return this;
  }

  /** Echoes must not take more than so many milliseconds longer than on an idle link. */
  Scenario p99(double millis) {
    mostP99 = millis;
    if (millis <= 100) {
      // Who asks only when answered before hardly counts what took long.
      mostSlow = Math.min(mostSlow, 20 * millis);
    }
    return this;
  }

  /** Nor the first one of the last client. */
  Scenario first(double millis) {
    mostFirst = millis;
    return this;
  }

  /** Nor any in the first ten seconds of bulk. */
  Scenario atStart(double millis) {
    mostAtStart = millis;
    return this;
  }

  /** Echoes above 100 ms must not last for more milliseconds. */
  Scenario slow(double millis) {
    mostSlow = millis;
    return this;
  }

  /** So much must be used of the link, or of what bulk's applications give. */
  Scenario share(double part) {
    leastShare = part;
    return this;
  }

  /** For so much of the time nothing must be paced. */
  Scenario unpaced(double part) {
    leastUnpaced = part;
    return this;
  }

  /** Returns whether an outcome is as good as it must be. */
  boolean isMet(Outcome outcome) {
    return outcome.share() >= leastShare
        && outcome.unpacedShare() >= leastUnpaced
        && outcome.slowMillis() <= mostSlow
        && !(outcome.p99() > mostP99)
        && !(outcome.first() > mostFirst)
        && !(outcome.worstAtStart() > mostAtStart);
  }

  @Override
  public String toString() {
    return name;
  }

  /** How often a machine stands still on average, 0 for never, and for how long. */
  record Stills(long everyMillis, long least, long most) {
    double millis(double part) {
      return least + part * (most - least);
    }
  }
}
