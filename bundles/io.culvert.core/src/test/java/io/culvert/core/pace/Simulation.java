// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Runs a scenario in virtual time. The same scenario always has the same outcome. */
final class Simulation {
  private final Clock clock = new Clock();
  private final Scenario scenario;
  private final Random random;
  private final Pacer pacer;
  private ModelSender sender;
  private final List<ModelClient> clients = new ArrayList<>();
  private final List<Double> queues = new ArrayList<>();
  private final StringBuilder trace = new StringBuilder();
  private final long start = clock.now();
  private int unpaced;

  private Simulation(Scenario scenario) {
    this.scenario = scenario;
    random = new Random(scenario.seed);
    pacer = new Pacer(scenario.settings, start);
    sender = connect();
    clock.at(start + scenario.restartMillis * Clock.MILLI, this::restart);
  }

  private ModelSender connect() {
    ModelSender made = new ModelSender(clock, scenario, random, pacer, start);
    for (Scenario.Client how : scenario.clients) {
      clients.add(new ModelClient(clock, scenario, how, made, random, start));
    }
    return made;
  }

  private void restart() {
    sender.end();
    clients.forEach(ModelClient::close);
    pacer.restart(clock.now());
    sender = connect();
  }

  static Outcome run(Scenario scenario) {
    return new Simulation(scenario).run();
  }

  private Outcome run() {
    if (scenario.traceMillis > 0) {
      report();
    }
    clock.runUntil(start + scenario.fromMillis * Clock.MILLI);
    double capacity = sender.link().capacity();
    double delivered = sender.link().delivered();
    watch();
    clock.runUntil(start + scenario.untilMillis * Clock.MILLI);
    double share = (sender.link().delivered() - delivered) / (sender.link().capacity() - capacity);
    clients.forEach(ModelClient::end);
    double[] measured = echoes(scenario.fromMillis, scenario.untilMillis);
    double[] early = echoes(scenario.bulkFromMillis, scenario.bulkFromMillis + 10_000);
    double[] all = queues.stream().mapToDouble(Double::doubleValue).toArray();
    return new Outcome(
        Outcome.percentile(measured, 0.5),
        Outcome.percentile(measured, 0.99),
        Outcome.percentile(measured, 1),
        first(),
        Outcome.percentile(early, 1),
        slow(),
        Outcome.percentile(all, 0.99),
        share,
        unpaced / (double) queues.size(),
        trace.toString());
  }

  private double idle() {
    return 2 * scenario.delayMillis;
  }

  private double first() {
    if (clients.isEmpty()) {
      return Double.NaN;
    }
    List<ModelClient.Echo> last = clients.get(clients.size() - 1).echoes;
    return last.isEmpty() ? Double.POSITIVE_INFINITY : last.get(0).tookMillis() - idle();
  }

  private double[] echoes(long from, long until) {
    return clients.stream()
        .flatMap(client -> client.echoes.stream())
        .filter(echo -> echo.atMillis() >= from && echo.atMillis() < until)
        .mapToDouble(echo -> echo.tookMillis() - idle())
        .toArray();
  }

  private double slow() {
    double longest = 0;
    for (ModelClient client : clients) {
      double sum = 0;
      double end = 0;
      for (ModelClient.Echo echo : client.echoes) {
        if (echo.atMillis() >= scenario.fromMillis && echo.tookMillis() - idle() > 100) {
          double until = echo.atMillis() + echo.tookMillis();
          sum += until - Math.max(end, echo.atMillis());
          end = until;
        }
      }
      longest = Math.max(longest, sum);
    }
    return longest;
  }

  private void watch() {
    queues.add(sender.queueMillis());
    unpaced += pacer.isPaced() ? 0 : 1;
    clock.in(5 * Clock.MILLI, this::watch);
  }

  private void report() {
    PaceStatus status = pacer.status(clock.now());
    trace.append(
        String.format(
            Locale.ROOT,
            "%6.1f %-12s rate %10d link %10d queue %8.1f (really %8.1f) base %6.1f%n",
            (clock.now() - start) / 1e9,
            status.state(),
            status.rate(),
            status.linkRate(),
            status.queueNanos() / 1e6,
            sender.queueMillis(),
            status.baseNanos() / 1e6));
    clock.in(scenario.traceMillis * Clock.MILLI, this::report);
  }
}
