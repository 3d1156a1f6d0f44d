// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.shape;

import io.culvert.emulator.rules.MessageRules;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Chooses the lengths of WebSocket messages. The same seed gives the same lengths. */
final class Reframer {
  static final int MAX_MESSAGE = MessageRules.MAX_WEBSOCKET_PAYLOAD;

  private static final int MAX_SPLIT = 3000;
  private static final long AGGREGATION_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int[] RANDOM_CEILINGS = {5, 300, 20_000, MAX_MESSAGE};

  private final Reframing mode;
  private final Random random;

  Reframer(Reframing mode, long seed) {
    this.mode = mode;
    this.random = new Random(seed);
  }

  /** Returns how long bytes may wait for others to join them in one message. */
  long waitNanos() {
    return mode == Reframing.AGGREGATE ? AGGREGATION_NANOS : 0;
  }

  /**
   * Chooses the length of the next message.
   *
   * @param ready bytes that may go, at least 1.
   * @param frameRemainder bytes up to the end of the tunnel frame that is next, at least 1.
   * @return 1 to {@code ready} bytes.
   */
  int next(int ready, int frameRemainder) {
    int length =
        switch (mode) {
          case NONE, AGGREGATE -> MAX_MESSAGE;
          case FRAME -> frameRemainder;
          case SPLIT -> 1 + random.nextInt(MAX_SPLIT);
          case BYTE -> 1;
          case RANDOM ->
              1 + random.nextInt(RANDOM_CEILINGS[random.nextInt(RANDOM_CEILINGS.length)]);
        };
    return Math.min(length, ready);
  }
}
