// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.culvert.core.config.SendSettings;
import io.culvert.core.pace.PaceSettings;
import org.junit.jupiter.api.Test;

/** What a tunnel and a service may send at most, and who waits for that. */
class RateLimitTest extends OutboxFixture {
  @Test
  void tunnelStaysBelowItsRateLimit() {
    outbox = outbox(new SendSettings(PaceSettings.OFF, 500_000));
    flow("one").repeat().send(CHUNK);
    flow("two").repeat().send(CHUNK);
    pass(10_000);
    assertThat(uplink.bytes).isCloseTo(5_000_000, withinPercentage(1));
  }

  @Test
  void manySmallThingsDoNotGetAroundALimit() {
    outbox = outbox(new SendSettings(PaceSettings.OFF, 10_000));
    TestFlow lines = flow("lines");
    for (int i = 0; i < 30_000; i++) {
      if (lines.flow.isEmpty()) {
        lines.send(1000);
      }
      pass(1);
    }
    assertThat(uplink.bytes).isBetween(290_000L, 330_000L);
  }

  @Test
  void bulkThatWaitsForALimitDoesNotWaitForThePacer() {
    outbox = outbox(new SendSettings(PaceSettings.AUTO, 50_000));
    flow("bulk").repeat().send(CHUNK);
    pass(5000);
    // Its first rate is higher than that, so there is no reason for another one.
    assertThat(outbox.status().pacing()).isEqualTo("RAMP");
    outbox.follow(new SendSettings(PaceSettings.AUTO, 2_000_000));
    pass(5000);
    assertThat(outbox.status().pacing()).isEqualTo("FILL");
  }

  @Test
  void limitOfOneServiceLeavesTheOthersAlone() {
    uplink.room = 0;
    uplink.perMilli = 1000;
    TestFlow limited = flow("limited").repeat();
    TestFlow free = flow("free").repeat();
    limited.share.set(1, 100_000, ticker.nanoTime());
    limited.send(CHUNK);
    free.send(CHUNK);
    pass(10_000);
    assertThat(limited.bytes).isCloseTo(1_000_000, withinPercentage(2));
    assertThat(free.bytes).isCloseTo(9_000_000, withinPercentage(2));
  }

  @Test
  void limitsMayChangeAndGo() {
    outbox = outbox(new SendSettings(PaceSettings.OFF, 100_000));
    flow("bulk").repeat().send(CHUNK);
    pass(1000);
    outbox.follow(new SendSettings(PaceSettings.OFF, 1_000_000));
    pass(1000);
    assertThat(uplink.bytes).isCloseTo(1_100_000, withinPercentage(2));
    uplink.room = 100 * CHUNK;
    outbox.follow(UNPACED);
    assertThat(uplink.room).isNotPositive();
  }

  @Test
  void whoWaitsForALimitThatIsLiftedGoesOnAtOnce() {
    TestFlow limited = flow("limited");
    limited.share.set(1, 10_000, ticker.nanoTime());
    limited.send(CHUNK);
    pass(10);
    limited.share.set(1, 0, ticker.nanoTime());
    outbox.follow(UNPACED);
    assertThat(limited.bytes).isEqualTo(CHUNK);
  }

  @Test
  void largestRatesThatCanBeConfiguredHoldNobodyUp() {
    long fastest = 100_000_000_000L;
    outbox = outbox(new SendSettings(PaceSettings.fixed(fastest), fastest));
    TestFlow bulk = flow("bulk");
    bulk.share.set(100, fastest, ticker.nanoTime());
    for (int i = 0; i < 100; i++) {
      bulk.send(CHUNK);
      pass(1);
      assertThat(bulk.bytes).isEqualTo((i + 1L) * CHUNK);
    }
  }
}
