// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes the tunnel notifications that AWS IoT publishes on {@code
 * $aws/things/<thing>/tunnels/notify}, from whatever delivers them, judges them, and opens tunnels.
 * A service; all methods may be called from any thread.
 *
 * <p>See the AWS IoT developer guide, "Configure an IoT agent".
 */
@ProviderType
public interface NotificationSink {
  /** The longest notification that is read, in bytes. */
  int MAX_BYTES = 16 * 1024;

  /**
   * Returns the topic of a thing's notifications.
   *
   * @param thing the name of the thing.
   * @return the topic to subscribe to.
   */
  static String topic(String thing) {
    return "$aws/things/" + thing + "/tunnels/notify";
  }

  /**
   * Judges a notification and acts on it. Returns without waiting for any connection. Every
   * decision is logged and counted; nothing of the payload but what was checked gets into the log.
   *
   * @param source who delivers it, for the log and the status, such as {@code mqtt}.
   * @param payload the notification as it came, JSON in UTF-8; not changed, not kept.
   * @return what was decided.
   */
  NotificationDecision take(String source, byte[] payload);

  /**
   * Returns what was decided so far.
   *
   * @return a snapshot.
   */
  NotificationStatus status();
}
