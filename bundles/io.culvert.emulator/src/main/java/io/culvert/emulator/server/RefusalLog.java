// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.server;

import io.culvert.emulator.journal.Refusal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last handshakes that were not accepted, as many as memory is spent on. Safe for threads. */
final class RefusalLog {
  static final int CAPACITY = 1000;

  private final Deque<Refusal> refusals = new ArrayDeque<>();

  synchronized void add(Refusal refusal) {
    if (refusals.size() == CAPACITY) {
      refusals.removeFirst();
    }
    refusals.addLast(refusal);
  }

  /** Returns them in their order. */
  synchronized List<Refusal> last() {
    return List.copyOf(refusals);
  }
}
