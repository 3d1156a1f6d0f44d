// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.journal;

import io.culvert.emulator.registry.TunnelEnd;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What happened in one tunnel. Written by the event loop, read by any thread. */
public final class TunnelJournal {
  private final Map<TunnelEnd, EndJournal> ends = new EnumMap<>(TunnelEnd.class);
  private final List<Violation> violations = new CopyOnWriteArrayList<>();

  /**
   * Makes an empty journal.
   *
   * @param clock tells when something happens.
   */
  public TunnelJournal(InstantSource clock) {
    for (TunnelEnd end : TunnelEnd.values()) {
      ends.put(end, new EndJournal(clock));
    }
  }

  /** Returns the part of one end. */
  public EndJournal end(TunnelEnd end) {
    EndJournal journal = ends.get(end);
    if (journal == null) {
      throw new IllegalStateException("no journal of " + end);
    }
    return journal;
  }

  /** Notes that a client broke a rule. */
  public void violated(Violation violation) {
    violations.add(violation);
  }

  /** Returns all broken rules so far, in their order. */
  public List<Violation> violations() {
    return List.copyOf(violations);
  }
}
