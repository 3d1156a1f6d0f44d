// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A pacer on model links, in virtual time. {@link Scenarios#main} prints what comes out, and how it
 * came about.
 */
class PacerSimulationTest {
  private static final int SEEDS = 2;

  static List<Scenario> scenarios() {
    return Scenarios.all();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void keepsQueuesShortAndTheLinkBusy(Scenario scenario) {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Outcome outcome = Simulation.run(scenario.seed(seed));
      String what = scenario + ", seed " + seed + ": " + outcome;
      assertThat(outcome.share()).as(what).isGreaterThanOrEqualTo(scenario.leastShare);
      assertThat(outcome.unpacedShare()).as(what).isGreaterThanOrEqualTo(scenario.leastUnpaced);
      assertThat(outcome.slowMillis()).as(what).isLessThanOrEqualTo(scenario.mostSlow);
      assertAtMost(outcome.p99(), scenario.mostP99, what);
      assertAtMost(outcome.first(), scenario.mostFirst, what);
      assertAtMost(outcome.worstAtStart(), scenario.mostAtStart, what);
    }
  }

  /** Where nobody asks there is nothing to compare. */
  private static void assertAtMost(double value, double most, String what) {
    if (most != Double.POSITIVE_INFINITY) {
      assertThat(value).as(what).isLessThanOrEqualTo(most);
    }
  }

  @Test
  void withoutPacingTheModelHasTheQueuesThatArePacedAway() {
    Scenario scenario =
        new Scenario("off", 1e6).echo(Scenario.Pace.CLOSED, 20).settings(PaceSettings.OFF);
    assertThat(Simulation.run(scenario).p99()).isGreaterThan(4000);
  }

  @Test
  void theSameScenarioHasTheSameOutcome() {
    Scenario scenario = new Scenario("twice", 1e6).echo(Scenario.Pace.TYPES, 300).hiccups();
    scenario.traceMillis = 500;
    assertThat(Simulation.run(scenario)).isEqualTo(Simulation.run(scenario));
  }
}
