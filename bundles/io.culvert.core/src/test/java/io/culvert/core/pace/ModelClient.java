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

  /** When a request was made, in milliseconds from the start, and how long its answer took. */
  record Echo(double atMillis, double tookMillis) {}

  private final Clock clock;
  private final Scenario scenario;
  private final Scenario.Client how;
  private final ModelSender sender;
  private final Random random;
  private final Exchange exchange;
  private final long start;
  final List<Echo> echoes = new ArrayList<>();
  private final Set<Long> open = new LinkedHashSet<>();
  private long lastBack;
  private int requests;

  ModelClient(
      Clock clock, Scenario scenario, Scenario.Client how, ModelSender sender, Random random) {
    this.clock = clock;
    this.scenario = scenario;
    this.how = how;
    this.sender = sender;
    this.random = random;
    start = clock.now();
    exchange = sender.pacer.newExchange();
    clock.at(start + how.fromMillis() * Clock.MILLI + 3 * Clock.MILLI, this::ask);
  }

  private void ask() {
    long asked = clock.now();
    if (asked - start > how.untilMillis() * Clock.MILLI) {
      return;
    }
    long gap = how.gapMillis() * Clock.MILLI;
    if (how.pace() == Scenario.Pace.TIMER) {
      clock.in(gap, this::ask);
    } else if (how.pace() == Scenario.Pace.TYPES) {
      clock.in((long) (gap * (1 + 4 * random.nextDouble()) / 3), this::ask);
    }
    open.add(asked);
    Runnable answered = () -> answered(asked);
    if (scenario.download) {
      back(
          () -> sender.received(exchange, PAYLOAD, () -> sender.send(exchange, PAYLOAD, answered)));
    } else {
      Runnable answer = () -> back(() -> sender.received(exchange, PAYLOAD, answered));
      sender.send(exchange, PAYLOAD, isSlow() ? () -> later(answer) : answer);
    }
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

  private void back(Runnable arrived) {
    double jitter = random.nextDouble() * scenario.jitterMillis;
    lastBack =
        Math.max(lastBack, clock.now() + (long) ((scenario.delayMillis + jitter) * Clock.MILLI));
    clock.at(lastBack, arrived);
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

  private void answered(long asked) {
    open.remove(asked);
    note(asked);
    long now = clock.now();
    long gap = how.gapMillis() * Clock.MILLI;
    if (how.pace() == Scenario.Pace.CLOSED) {
      clock.at(Math.max(now, asked + gap), this::ask);
    } else if (how.pace() == Scenario.Pace.THINKS) {
      clock.in((long) (gap * (0.5 + random.nextDouble())), this::ask);
    }
  }
}
