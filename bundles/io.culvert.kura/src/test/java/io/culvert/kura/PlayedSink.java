// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.culvert.api.NotificationDecision;
import io.culvert.api.NotificationSink;
import io.culvert.api.NotificationStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it is given. Safe for all threads. */
final class PlayedSink implements NotificationSink {
  final List<String> taken = new CopyOnWriteArrayList<>();

  @Override
  public NotificationDecision take(String source, byte[] payload) {
    taken.add(source + " " + new String(payload, UTF_8));
    return NotificationDecision.OPENED;
  }

  @Override
  public NotificationStatus status() {
    return new NotificationStatus(Map.of(), null, null, List.of());
  }
}
