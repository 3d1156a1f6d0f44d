// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import io.culvert.api.NotificationDecision;
import org.jspecify.annotations.Nullable;

/** Hears of decisions on notifications. May be called from any thread, and does not wait. */
@FunctionalInterface
public interface NotificationListener {
  /**
   * Takes a decision.
   *
   * @param decision what was decided.
   * @param source who delivered the notification.
   * @param reason what the log says of it, besides; empty for nothing.
   * @param tunnel the tunnel that is being opened, if one is.
   */
  void decided(
      NotificationDecision decision, String source, String reason, @Nullable String tunnel);
}
