// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenessTest {
  private final Lateness lateness = new Lateness(null);

  @Test
  void whatCameInTimeIsLateWhenAnswersTurnOutToComeSooner() {
    answers(20, 3 * Nanos.MILLI);
    lateness.shift(6 * Nanos.MILLI);
    assertThat(lateness.calm()).isEqualTo(Lateness.CALM);
    assertThat(lateness.isPunctual()).isTrue();

    lateness.shift(6 * Nanos.MILLI);

    assertThat(lateness.calm()).isBetween(15 * Nanos.MILLI, 20 * Nanos.MILLI);
    assertThat(lateness.isPunctual()).isFalse();
  }

  @Test
  void manySmallShiftsAreOneLargeOne() {
    answers(20, 3 * Nanos.MILLI);
    for (int i = 0; i < 120; i++) {
      lateness.shift(Nanos.MILLI / 10);
    }
    assertThat(lateness.calm()).isGreaterThan(Lateness.CALM);
  }

  @Test
  void aShiftBackLeavesWhatIsInTime() {
    answers(20, 3 * Nanos.MILLI);
    lateness.shift(6 * Nanos.MILLI);
    lateness.shift(-6 * Nanos.MILLI);
    lateness.shift(6 * Nanos.MILLI);
    assertThat(lateness.calm()).isEqualTo(Lateness.CALM);
  }

  @Test
  void whatWasNeverSeenIsTheLessProbableTheLaterItIsAndTheMoreIsKnown() {
    double unknown = lateness.chance(100 * Nanos.MILLI);
    assertThat(lateness.chance(500 * Nanos.MILLI)).isLessThan(unknown);
    answers(50, Nanos.MILLI);
    assertThat(lateness.chance(100 * Nanos.MILLI)).isLessThan(unknown / 10);
  }

  private void answers(int count, long late) {
    for (int i = 0; i < count; i++) {
      lateness.add(late, 1);
    }
  }
}
