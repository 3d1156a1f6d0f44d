// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Someone who asks small things and is answered at once, and how long that took. */
final class ModelClient {
  private static final int PAYLOAD = 64;

  /** An answer in two parts has so much in each. */
  private static final int PART = 300;

  /** A command of a shell is so long. */
  private static final int KEYS = 6;

  /** What comes within such a time is read at once. */
  private static final long READ = Clock.MILLI / 5;

  /** When a request was made, in milliseconds from the start, and how long its answer took. */
  record Echo(double atMillis, double tookMillis) {}

  private final Clock clock;
  private final Scenario scenario;
  private final Scenario.Client how;
  private final ModelSender sender;
  private final Random random;
  private Exchange exchange;
  private final long start;
  final List<Echo> echoes = new ArrayList<>();
  private final Set<Long> open = new LinkedHashSet<>();
  private final List<Runnable> together = new ArrayList<>();
  private final Machine machine;
  private long lastBack;
  private int requests;
  private boolean closed;
  private boolean command;

  ModelClient(
      Clock clock,
      Scenario scenario,
      Scenario.Client how,
      ModelSender sender,
      Random random,
      long start) {
    this.clock = clock;
    this.scenario = scenario;
    this.how = how;
    this.sender = sender;
    this.random = random;
    this.start = start;
    exchange = sender.pacer.newExchange();
    machine = new Machine(clock, random, scenario.stills);
    long from = start + how.fromMillis() * Clock.MILLI + 3 * Clock.MILLI;
    if (scenario.greets) {
      clock.at(from - Clock.MILLI, this::greet);
    }
    clock.at(from, this::ask);
  }

  /** The connection has gone, with what was asked on it. */
  void close() {
    closed = true;
    open.clear();
  }

  private void greet() {
    if (scenario.download) {
      sender.received(exchange, PAYLOAD, () -> {});
    } else {
      sender.send(exchange, PAYLOAD, () -> {});
    }
  }

  private void ask() {
    long asked = clock.now();
    if (asked - start > how.untilMillis() * Clock.MILLI || closed) {
      return;
    }
    long gap = how.gapMillis() * Clock.MILLI;
    if (how.pace() == Scenario.Pace.ONCE) {
      exchange = sender.pacer.newExchange();
    }
    if (how.pace() == Scenario.Pace.TIMER || how.pace() == Scenario.Pace.ONCE) {
      clock.in(gap, this::ask);
    } else if (how.pace() == Scenario.Pace.TYPES) {
      clock.in((long) (gap * (1 + 4 * random.nextDouble()) / 3), this::ask);
    } else if (how.pace() == Scenario.Pace.SHELL) {
      command = random.nextInt(KEYS) == 0;
      if (!command) {
        clock.in(between(80, 400), this::ask);
      }
    }
    open.add(asked);
    Exchange asking = exchange;
    Runnable answered = () -> answered(asking, asked);
    if (scenario.download) {
      back(
          () ->
              sender.received(
                  asking,
                  PAYLOAD,
                  () -> clock.in(worked(), () -> sender.send(asking, PAYLOAD, answered))));
    } else {
      Runnable last = () -> back(() -> sender.received(asking, PAYLOAD, answered));
      Runnable answer = scenario.parts ? () -> inParts(asking, last) : last;
      Runnable worked =
          how.pace() == Scenario.Pace.TIMER
              ? () -> read(asking, answered)
              : () -> clock.in(worked(), answer);
      sender.send(asking, PAYLOAD, isSlow() ? () -> later(answer) : worked);
    }
  }

  /** Who does not wait may have asked several times by then: that is answered together. */
  private void read(Exchange asking, Runnable answered) {
    together.add(answered);
    if (together.size() == 1) {
      clock.in(
          READ + worked(),
          () -> {
            List<Runnable> all = List.copyOf(together);
            together.clear();
            int payload = PAYLOAD * all.size();
            back(() -> sender.received(asking, payload, () -> all.forEach(Runnable::run)));
          });
    }
  }

  private void inParts(Exchange asking, Runnable last) {
    back(() -> sender.received(asking, PART, () -> {}));
    clock.in(Clock.MILLI, last);
  }

  private boolean isSlow() {
    requests++;
    return scenario.slowEvery > 0 && requests % scenario.slowEvery == 0;
  }

  private void later(Runnable answer) {
    if (scenario.slowMillis > 0) {
      clock.in(
          (long) (scenario.slowMillis * (0.7 + 0.6 * random.nextDouble())) * Clock.MILLI, answer);
    }
  }

  /** Returns how long the other end needs for an answer. */
  private long worked() {
    long gap = how.gapMillis() * Clock.MILLI;
    return switch (how.pace()) {
      case WORKS -> gap;
      case POLLS -> (long) (gap * random.nextDouble());
      case MOODY -> random.nextInt(10) == 0 ? gap : 0;
      case SHELL -> command ? between(20, how.gapMillis()) : Clock.MILLI / 2;
      case RUNS -> between(20, how.gapMillis());
      default -> scenario.worksMillis * Clock.MILLI;
    };
  }

  private void back(Runnable arrived) {
    double jitter = random.nextDouble() * scenario.jitterMillis;
    lastBack =
        Math.max(lastBack, clock.now() + (long) ((scenario.delayMillis + jitter) * Clock.MILLI));
    clock.at(machine.awakeAt(lastBack), arrived);
  }

  /** Counts what is not answered yet as if it were now. */
  void end() {
    for (long asked : open) {
      note(asked);
    }
  }

  private void note(long asked) {
    echoes.add(
        new Echo(
            (asked - start) / (double) Clock.MILLI, (clock.now() - asked) / (double) Clock.MILLI));
  }

  private void answered(Exchange asking, long asked) {
    open.remove(asked);
    note(asked);
    if (how.pace() == Scenario.Pace.ONCE) {
      asking.close();
    }
    long now = clock.now();
    long gap = how.gapMillis() * Clock.MILLI;
    if (how.pace() == Scenario.Pace.CLOSED) {
      clock.at(Math.max(now, asked + gap), this::ask);
    } else if (how.pace() == Scenario.Pace.THINKS) {
      clock.in((long) (gap * (0.5 + random.nextDouble())), this::ask);
    } else if (how.pace() == Scenario.Pace.WORKS || how.pace() == Scenario.Pace.POLLS) {
      clock.in(Clock.MILLI, this::ask);
    } else if (how.pace() == Scenario.Pace.MOODY) {
      clock.in(100 * Clock.MILLI, this::ask);
    } else if (how.pace() == Scenario.Pace.RUNS) {
      clock.in(between(1, 30), this::ask);
    } else if (how.pace() == Scenario.Pace.SHELL && command) {
      command = false;
      clock.in(between(500, 3000), this::ask);
    }
  }

  private long between(long leastMillis, long mostMillis) {
    return (long) ((leastMillis + (mostMillis - leastMillis) * random.nextDouble()) * Clock.MILLI);
  }
}
