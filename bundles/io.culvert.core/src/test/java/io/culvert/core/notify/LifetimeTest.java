// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tunnels of notifications end by time, or when nobody uses them. */
class LifetimeTest extends SinkFixture {
  private static final Duration HOURS = Duration.ofHours(12);

  @Test
  void aTunnelIsClosedAtTheEndOfItsLifetime() {
    take(1, "SSH");
    worker.pass(HOURS.minusSeconds(1));
    take(2, "SSH");
    assertThat(opener.open()).hasSize(2);
    worker.pass(Duration.ofSeconds(1));

    assertThat(opener.open()).containsExactly("notification-2");
    assertThat(logs.infos(Upkeep.class))
        .containsExactly("notification-1: closed, as its lifetime of 43200.0 s is over");
    worker.pass(HOURS);
    assertThat(opener.open()).isEmpty();
    worker.pass(Duration.ofMinutes(2));
    assertThat(worker.planned()).as("nothing to look after").isZero();
  }

  @Test
  void aClockThatIsSetDoesNotEndATunnel() {
    take(1, "SSH");
    worker.set(worker.now().plus(Duration.ofDays(10_000)));
    worker.pass(Duration.ofHours(1));

    assertThat(opener.open()).hasSize(1);
  }

  @Test
  void anotherLifetimeCountsForOpenTunnels() {
    take(1, "SSH");
    worker.pass(Duration.ofMinutes(5));
    sink.modified(Map.of("lifetime", 60_000));
    worker.work();

    assertThat(opener.open()).isEmpty();
  }

  @Test
  void aTunnelWithoutConnectionsIsClosedAfterItsTime() {
    sink.modified(Map.of("idle.timeout", 80_000));
    take(1, "SSH");
    opener.last().connected(0, 0, "SSH");
    worker.pass(Duration.ofSeconds(70));
    opener.last().connected(1, 1, "SSH");
    worker.pass(Duration.ofHours(1));
    assertThat(opener.open()).hasSize(1);
    opener.last().connected(0, 2, "SSH");
    worker.pass(Duration.ofSeconds(79));
    assertThat(opener.open()).hasSize(1);
    worker.pass(Duration.ofSeconds(11));

    assertThat(opener.open()).isEmpty();
    assertThat(logs.infos(Upkeep.class))
        .containsExactly("notification-1: closed, as it had no connection for 80.0 s");
  }
}
