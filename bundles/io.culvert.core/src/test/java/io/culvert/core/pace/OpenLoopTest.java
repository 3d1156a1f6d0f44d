// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenLoopTest {
  private static final long START = 1_000_000_000_000L;

  /** Of a link that was measured while it was slow, nobody would tell that it is fast again. */
  @ParameterizedTest
  @CsvSource({"8000000, 315", "2000000, 600", "300000, 1119"})
  void theNextProbeIsDueInBoundedTime(double rate, long seconds) {
    Outflow outflow = new Outflow();
    OpenLoop openLoop = new OpenLoop(outflow, START);
    openLoop.fill(true, START);
    outflow.sent(16 << 20);
    Link link = new Link(0, START);
    link.measured(rate, false, START);

    openLoop.drain(link, START);

    long due = openLoop.drainedAt() + seconds * Nanos.SECOND;
    assertThat(openLoop.isProbeDue(due - 2 * Nanos.SECOND)).isFalse();
    assertThat(openLoop.isProbeDue(due)).isTrue();
  }

  /** Programs that have just begun to run are slower than they will be. */
  @ParameterizedTest
  @CsvSource({
    "2000000, 9, 1, 10",
    "2000000, 9, 4, 21",
    "2000000, 11, 4, 315",
    "1000000, 9, 4, 600"
  })
  void whatColdProgramsTookIsProbedSoon(double rate, long after, int mebibytes, long seconds) {
    long measured = START + after * Nanos.SECOND;
    Outflow outflow = new Outflow();
    OpenLoop openLoop = new OpenLoop(outflow, START);
    openLoop.fill(true, measured);
    outflow.sent(mebibytes << 20);
    Link link = new Link(0, START);
    link.begins(START);
    link.measured(rate, false, measured);

    openLoop.drain(link, measured);

    long due = openLoop.drainedAt() + seconds * Nanos.SECOND;
    assertThat(openLoop.isProbeDue(due - 2 * Nanos.SECOND)).isFalse();
    assertThat(openLoop.isProbeDue(due)).isTrue();
  }

  /** It may have been one slow application for which the link was taken to be slow. */
  @ParameterizedTest
  @CsvSource({"59, false", "61, true"})
  void bulkAfterALongRestIsProbedSoon(long restSeconds, boolean soon) {
    Outflow outflow = new Outflow();
    OpenLoop openLoop = new OpenLoop(outflow, START);
    openLoop.fill(true, START);
    outflow.sent(4 << 20);
    Link link = new Link(0, START);
    link.measured(1_000_000, false, START);
    outflow.pumped(true, true, 0, START);
    openLoop.pumped(START);
    openLoop.drain(link, START);

    long again = START + restSeconds * Nanos.SECOND;
    outflow.tick(START);
    outflow.pumped(true, false, 0, again);
    openLoop.pumped(again);

    assertThat(openLoop.isProbeDue(again)).isFalse();
    assertThat(openLoop.isProbeDue(again + 10 * Nanos.SECOND)).isEqualTo(soon);
  }
}
