// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import io.culvert.api.ErrorCode;
import io.culvert.api.NotificationSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands notifications to who judges them, if that is there; throws nothing at Kura. Safe for all
 * threads.
 */
final class NotificationRelay {
  private static final Logger LOG = LoggerFactory.getLogger(NotificationRelay.class);

  private volatile @Nullable NotificationSink sink;

  void set(NotificationSink sink) {
    this.sink = sink;
  }

  /** Forgets who judges, unless there is another one already. */
  void unset(NotificationSink gone) {
    if (sink == gone) {
      sink = null;
    }
  }

  /**
   * Hands a notification on.
   *
   * @param source who delivers it.
   * @param payload the notification; what has no body is handed on as an empty one.
   */
  void take(String source, byte @Nullable [] payload) {
    NotificationSink now = sink;
    if (now == null) {
      LOG.warn(
          "A notification from {} is lost: there is no {}",
          source,
          NotificationSink.class.getName());
      return;
    }
    try {
      now.take(source, payload == null ? new byte[0] : payload);
    } catch (RuntimeException e) {
      LOG.error("{}: a notification from {}", ErrorCode.INTERNAL, source, e);
    }
  }
}
