// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.util.ArrayDeque;
import java.util.Random;

/**
 * A service that takes in more than it can pass on: a window for the sender, a queue behind it, a
 * limiter that may write lumps of 50 ms as simple ones do, and the way to the other end.
 */
final class ModelLink {
  /** Some bytes and what happens when the last of them has arrived. */
  record Item(int bytes, Runnable arrived) {}

  private final Clock clock;
  private final Scenario scenario;
  private final Random random;
  private final ArrayDeque<Item> queue = new ArrayDeque<>();
  private final Runnable credit;
  private final Machine machine;
  private long inside;
  private long queued;
  private long window;
  private long fullSince;
  private double rate;
  private double taken;
  private double given = Double.POSITIVE_INFINITY;
  private boolean busy;
  private long headServed;
  private long lastArrival;
  private double capacity;
  private long counted;
  private double delivered;

  ModelLink(Clock clock, Scenario scenario, Random random, long start, Runnable credit) {
    this.clock = clock;
    this.scenario = scenario;
    this.random = random;
    this.credit = credit;
    machine = new Machine(clock, random, scenario.stills);
    window = scenario.grows ? Math.max(128 << 10, scenario.hidden / 16) : scenario.hidden;
    rate = scenario.steps.get(0).rate();
    counted = clock.now();
    for (Scenario.Step step : scenario.steps) {
      clock.at(
          start + step.atMillis() * Clock.MILLI,
          () -> {
            count();
            rate = step.rate();
          });
    }
    for (Scenario.Step step : scenario.gives) {
      clock.at(
          start + step.atMillis() * Clock.MILLI,
          () -> {
            count();
            given = step.rate();
          });
    }
    if (scenario.competing > 0) {
      compete();
    }
  }

  private void compete() {
    count();
    taken = random.nextBoolean() ? 0 : scenario.competing * random.nextDouble();
    clock.in((long) (Clock.SECOND * (0.1 + 2 * random.nextDouble())), this::compete);
  }

  /** Returns whether the sender's kernel may send. */
  boolean hasWindow() {
    return inside < window;
  }

  void send(Item item) {
    inside += item.bytes();
    if (scenario.grows && inside >= window && window < scenario.hidden) {
      if (clock.now() - fullSince > Clock.SECOND / 2) {
        window = Math.min(scenario.hidden, window * 5 / 4);
        fullSince = clock.now();
      }
    }
    clock.in(
        half(),
        () -> {
          queue.add(item);
          queued += item.bytes();
          serve();
        });
  }

  private long half() {
    return (long) (scenario.delayMillis * Clock.MILLI / 2);
  }

  private void serve() {
    if (busy || queue.isEmpty()) {
      return;
    }
    busy = true;
    double effective = rate * (1 - taken);
    long lump =
        scenario.lumps
            ? (long) Math.max(1, Math.min(queued, Math.min(131_076, effective / 20)))
            : queue.peek().bytes();
    long pause = (long) (lump / effective * Clock.SECOND);
    if (scenario.lumps) {
      pass(lump);
    }
    // A timer is never quite in time.
    long late = (long) (random.nextDouble() * 0.1 * Clock.MILLI);
    if (scenario.hiccups && random.nextInt(400) == 0) {
      late += (long) ((5 + 25 * random.nextDouble()) * Clock.MILLI);
    }
    long due = clock.now() + pause + (scenario.lumps ? late : 0);
    clock.at(
        scenario.lumps ? machine.awakeAt(due) : due,
        () -> {
          busy = false;
          if (!scenario.lumps) {
            pass(lump);
          }
          serve();
        });
  }

  private void pass(long bytes) {
    queued -= bytes;
    delivered += bytes;
    headServed += bytes;
    clock.in(
        half(),
        () -> {
          inside -= bytes;
          credit.run();
        });
    while (!queue.isEmpty() && queue.peek().bytes() <= headServed) {
      Item item = queue.remove();
      headServed -= item.bytes();
      clock.at(arrival(half()), item.arrived());
    }
  }

  private long arrival(long delay) {
    long jitter = (long) (random.nextDouble() * scenario.jitterMillis * Clock.MILLI);
    lastArrival = Math.max(lastArrival, clock.now() + delay + jitter);
    return lastArrival;
  }

  /** Returns what the link could have carried by now of what was given. */
  double capacity() {
    count();
    return capacity;
  }

  /** Returns what it did carry. */
  double delivered() {
    return delivered;
  }

  /** Returns the milliseconds that the bytes would need that are on their way into the limiter. */
  double queueMillis(long before) {
    return (queued + before) / (rate * (1 - taken)) * 1000;
  }

  private void count() {
    capacity += Math.min(given, rate * (1 - taken)) * (clock.now() - counted) / Clock.SECOND;
    counted = clock.now();
  }
}
