// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.webconsole;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.webconsole.WrongTries.Verdict;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WrongTriesTest {
  private final AtomicLong now = new AtomicLong(-5);
  private final WrongTries tries = new WrongTries(now::get);

  @Test
  void fiveInARowMakeAPauseInWhichNothingIsLookedAt() {
    for (int i = 0; i < 4; i++) {
      assertThat(tries.judge(() -> false)).isEqualTo(Verdict.WRONG);
    }
    assertThat(tries.judge(() -> false)).isEqualTo(Verdict.PAUSE);
    now.addAndGet(TimeUnit.SECONDS.toNanos(30) - 1);
    assertThat(tries.judge(WrongTriesTest::notAsked)).isEqualTo(Verdict.PAUSED);

    now.incrementAndGet();
    assertThat(tries.judge(() -> false)).isEqualTo(Verdict.WRONG);
    assertThat(tries.judge(() -> true)).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void aRightOneBetweenStartsTheCountAnew() {
    for (int i = 0; i < 20; i++) {
      assertThat(tries.judge(() -> false)).isEqualTo(Verdict.WRONG);
      assertThat(tries.judge(() -> false)).isEqualTo(Verdict.WRONG);
      assertThat(tries.judge(() -> true)).isEqualTo(Verdict.RIGHT);
    }
  }

  private static boolean notAsked() {
    throw new AssertionError("is not asked");
  }
}
