// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of tunnel notifications since the start. Never holds a token.
 *
 * @param decisions how often each decision was made; those never made are absent.
 * @param last when the last notification came, absent before the first one.
 * @param lastDecision what was decided on it, likewise.
 * @param tunnels the names of the tunnels that notifications opened and that are not closed, the
 *     oldest first.
 */
public record NotificationStatus(
    Map<NotificationDecision, Long> decisions,
    @Nullable Instant last,
    @Nullable NotificationDecision lastDecision,
    List<String> tunnels) {

  /** Copies the collections. */
  public NotificationStatus {
    decisions = Map.copyOf(decisions);
    tunnels = List.copyOf(tunnels);
  }
}
