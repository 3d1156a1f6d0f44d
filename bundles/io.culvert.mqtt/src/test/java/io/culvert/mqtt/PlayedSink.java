// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.culvert.api.NotificationDecision;
import io.culvert.api.NotificationSink;
import io.culvert.api.NotificationStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Writes down what it is given, and throws if that ends with {@code throw}. Safe for all threads.
 */
final class PlayedSink implements NotificationSink {
  final BlockingQueue<String> taken = new LinkedBlockingQueue<>();

  @Override
  public NotificationDecision take(String source, byte[] payload) {
    String text = source + " " + new String(payload, UTF_8);
    taken.add(text);
    if (text.endsWith("throw")) {
      throw new IllegalStateException("as asked");
    }
    return NotificationDecision.OPENED;
  }

  /** Returns the next notification. */
  String next() throws InterruptedException {
    String text = taken.poll(30, TimeUnit.SECONDS);
    return text == null ? "nothing" : text;
  }

  @Override
  public NotificationStatus status() {
    return new NotificationStatus(Map.of(), null, null, List.of());
  }
}
