// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualClockTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ManualClock clock = new ManualClock();
  private final Instant start = clock.instant();
  private final List<String> ran = new ArrayList<>();

  @Test
  void standsStillUnlessMoved() {
    assertThat(clock.instant()).isEqualTo(start);
    clock.advance(MINUTE);
    assertThat(clock.instant()).isEqualTo(start.plus(MINUTE));
  }

  @Test
  void runsWhatIsDueInItsOrder() {
    clock.schedule(MINUTE.multipliedBy(2), () -> ran.add("later"));
    clock.schedule(MINUTE, () -> ran.add("first"));
    clock.schedule(MINUTE, () -> ran.add("second"));
    clock.advance(MINUTE.minusNanos(1));
    assertThat(ran).isEmpty();
    clock.advance(Duration.ofNanos(1));
    assertThat(ran).containsExactly("first", "second");
    assertThat(clock.pending()).isEqualTo(1);
  }

  @Test
  void taskSeesItsOwnMomentAndMayScheduleAnother() {
    List<Instant> moments = new ArrayList<>();
    clock.schedule(
        MINUTE,
        () -> {
          moments.add(clock.instant());
          clock.schedule(MINUTE, () -> moments.add(clock.instant()));
        });
    clock.advance(Duration.ofHours(1));
    assertThat(moments).containsExactly(start.plus(MINUTE), start.plus(MINUTE.multipliedBy(2)));
    assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofHours(1)));
  }

  @Test
  void cancelledTaskDoesNotRun() {
    ServiceClock.Timer timer = clock.schedule(MINUTE, () -> ran.add("cancelled"));
    timer.cancel();
    timer.cancel();
    clock.advance(MINUTE);
    assertThat(ran).isEmpty();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void doesNotGoBack() {
    assertThatThrownBy(() -> clock.advance(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("duration");
  }
}
