// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.culvert.core.pace.PaceSettings;
import io.culvert.core.pace.Pacer;
import io.culvert.wire.TunnelMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FairQueueTest {
  private static final int CHUNK = 64_512;

  private final FairQueue queue = new FairQueue(0);
  private final Map<Flow, Long> sent = new HashMap<>();
  private long now;

  @Test
  void connectionsOfOneWeightGetTheSame() {
    Flow one = flow(1, CHUNK);
    Flow two = flow(1, CHUNK);
    turns(100);
    assertThat(sent(one)).isEqualTo(sent(two));
  }

  @Test
  void shareFollowsTheWeightAlthoughEachIsEmptyAfterItsTurn() {
    Flow one = flow(1, CHUNK);
    Flow two = flow(2, CHUNK);
    Flow four = flow(4, CHUNK);
    turns(700);
    assertThat(sent(two)).isCloseTo(2 * sent(one), withinPercentage(3));
    assertThat(sent(four)).isCloseTo(4 * sent(one), withinPercentage(3));
  }

  @Test
  void shareIsOfBytesAndNotOfChunks() {
    Flow large = flow(1, CHUNK);
    Flow small = flow(1, CHUNK / 16);
    turns(1700);
    assertThat(sent(small)).isCloseTo(sent(large), withinPercentage(5));
  }

  @Test
  void sparseConnectionGoesAheadOfAnyNumberWithBulk() {
    for (int i = 0; i < 16; i++) {
      flow(1, CHUNK);
    }
    turns(40);
    Flow key = flow(1, 64);
    assertThat(queue.pollSparse()).isSameAs(key);
  }

  @Test
  void manySmallChunksAreBulkOnceTheyAreMoreThanAFairShare() {
    Flow bulk = flow(1, CHUNK);
    Flow flood = flow(1, 1000);
    turns(2000);
    assertThat(sent(flood)).isCloseTo(sent(bulk), withinPercentage(15));
  }

  /** On a slow link the 16 KiB that a connection may be ahead are seconds. */
  @Test
  void whoSendsMoreThanAFairShareInSmallThingsWaitsForEachButNotForAllAtOnce() {
    for (int i = 0; i < 16; i++) {
      flow(1, 1024);
    }
    Flow keys = flow(1, 64);
    int waited = 0;
    int longest = 0;
    for (int i = 0; i < 10_000; i++) {
      long before = sent(keys);
      turns(1);
      waited = sent(keys) > before ? 0 : waited + 1;
      longest = Math.max(longest, waited);
    }
    assertThat(longest).isBetween(1, 32);
    assertThat(16 * sent(keys)).isLessThan(sent.values().stream().mapToLong(sent -> sent).sum());
  }

  @Test
  void newcomerWaitsForNobodysPast() {
    flow(1, CHUNK);
    turns(1000);
    Flow newcomer = flow(1, CHUNK);
    turns(2);
    assertThat(sent(newcomer)).isEqualTo(CHUNK);
  }

  @Test
  void whoWasAwayGetsNothingInReturn() {
    Flow here = flow(1, CHUNK);
    Flow away = flow(1, CHUNK);
    turns(10);
    queue.remove(away);
    for (int i = 0; i < 100; i++) {
      turns(10);
      pass(Duration.ofMillis(1));
    }
    queue.add(away, now);
    long before = sent(here);
    turns(10);
    assertThat(sent(here) - before).isEqualTo(5 * CHUNK);
  }

  @Test
  void keyStrokeAfterARestGoesAheadHoweverMuchWasSentBefore() {
    Flow shell = flow(1, CHUNK);
    turns(1);
    queue.remove(shell);
    shell.take(CHUNK, UnpooledByteBufAllocator.DEFAULT);
    shell.add(Unpooled.wrappedBuffer(new byte[64]));
    pass(Duration.ofMinutes(1));
    queue.idle(now);
    flow(100, CHUNK);
    queue.add(shell, now);
    assertThat(queue.pollSparse()).isSameAs(shell);
  }

  @Test
  void pauseThatIsNoRestPutsNobodyBackInHisPlace() {
    Flow light = flow(1, CHUNK);
    Flow heavy = flow(8, CHUNK);
    turns(2);
    queue.remove(light);
    queue.remove(heavy);
    pass(Duration.ofMillis(900));
    queue.idle(now);
    queue.add(light, now);
    queue.add(heavy, now);
    long before = sent(light);
    turns(7);
    assertThat(sent(light)).isEqualTo(before);
  }

  @Test
  void whoIsBackInAMomentHasLostNothing() {
    Flow here = flow(1, CHUNK);
    Flow away = flow(1, CHUNK);
    pass(Duration.ofSeconds(1));
    turns(2);
    queue.remove(away);
    turns(7);
    pass(Duration.ofMillis(5));
    queue.add(away, now);
    turns(9);
    assertThat(sent(away)).isCloseTo(sent(here), within((long) CHUNK));
  }

  @Test
  void removedConnectionHasNoTurn() {
    Flow bulk = flow(1, CHUNK);
    Flow key = flow(1, 1);
    queue.remove(bulk);
    queue.remove(key);
    assertThat(queue.pollSparse()).isNull();
    assertThat(queue.pollBulk(now)).isNull();
    assertThat(queue.size()).isZero();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private void turns(int turns) {
    for (int i = 0; i < turns; i++) {
      Flow flow = queue.pollSparse();
      if (flow == null) {
        flow = queue.pollBulk(now);
      }
      assertThat(flow).isNotNull();
      int bytes = flow.length();
      queue.sent(flow, bytes, now);
      sent.merge(flow, (long) bytes, Long::sum);
      queue.add(flow, now);
    }
  }

  private long sent(Flow flow) {
    return sent.getOrDefault(flow, 0L);
  }

  /** Adds a connection that always has a chunk of this size. */
  private Flow flow(int weight, int chunk) {
    Share share = new Share();
    share.set(weight, 0, 0);
    Flow flow = new Flow(new Always(share), new Pacer(PaceSettings.OFF, 0).newExchange());
    flow.add(Unpooled.wrappedBuffer(new byte[chunk]));
    queue.add(flow, now);
    return flow;
  }

  private record Always(Share share) implements Flow.Owner {
    @Override
    public TunnelMessage message(ByteBuf payload) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void emptied() {
      throw new UnsupportedOperationException();
    }
  }
}
