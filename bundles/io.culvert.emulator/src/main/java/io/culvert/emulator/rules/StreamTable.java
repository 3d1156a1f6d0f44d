// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.rules;

import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.wire.MessageType;
import java.util.HashMap;
import java.util.Map;

/** The streams of a tunnel as the service sees them go by. Confined to the event loop. */
public final class StreamTable {
  private final Map<String, Integer> active = new HashMap<>();
  private boolean startedWithServiceId;
  private boolean startedWithoutServiceId;

  /** Notes a message that kept the rules. */
  public void note(TunnelEnd sender, FrameFacts facts) {
    MessageType type = facts.type();
    if (type == MessageType.STREAM_START) {
      active.put(facts.serviceId(), facts.streamId());
      if (facts.serviceId().isEmpty()) {
        startedWithoutServiceId = true;
      } else {
        startedWithServiceId = true;
      }
    } else if (type == MessageType.STREAM_RESET) {
      active.remove(facts.serviceId(), facts.streamId());
    }
  }

  /** Forgets the active streams. */
  public void clear() {
    active.clear();
  }

  /** Returns stream ids by service id. */
  public Map<String, Integer> active() {
    return Map.copyOf(active);
  }

  /** Tells whether some source has started a stream in this form, or none has started any. */
  boolean mayAnswer(boolean withServiceId) {
    return withServiceId
        ? startedWithServiceId || !startedWithoutServiceId
        : startedWithoutServiceId || !startedWithServiceId;
  }
}
