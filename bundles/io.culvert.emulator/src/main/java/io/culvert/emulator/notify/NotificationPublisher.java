// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.notify;

/**
 * Brings notifications to things. Called on threads that answer requests, so {@link #publish}
 * neither waits nor throws, whatever becomes of the notification. The emulator that it was given to
 * closes it.
 */
@FunctionalInterface
public interface NotificationPublisher extends AutoCloseable {
  /**
   * Takes a notification over; those of one tunnel come in their order.
   *
   * @param notification what a thing is to know. It holds a secret.
   */
  void publish(TunnelNotification notification);

  /** Ends everything that it has started; nothing is published afterwards. */
  @Override
  default void close() {}
}
