// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.notify;

import io.culvert.emulator.registry.AccessToken;
import io.culvert.emulator.registry.Destination;
import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.emulator.registry.TunnelListener;
import java.util.Map;

/**
 * Has a thing notified whenever the destination of its tunnel gets an access token: when the tunnel
 * is opened, and when that token is rotated. Safe for several threads. Owns the publisher.
 */
public final class TunnelNotifier implements TunnelListener, AutoCloseable {
  private final NotificationPublisher publisher;
  private final String region;

  /**
   * Makes a notifier.
   *
   * @param publisher brings notifications to things.
   * @param region the AWS region that they name.
   */
  public TunnelNotifier(NotificationPublisher publisher, String region) {
    this.publisher = publisher;
    this.region = region;
  }

  @Override
  public void issued(String tunnelId, Destination destination, Map<TunnelEnd, AccessToken> tokens) {
    String thing = destination.thingName();
    AccessToken token = tokens.get(TunnelEnd.DESTINATION);
    if (thing != null && token != null) {
      publisher.publish(
          new TunnelNotification(tunnelId, thing, token, region, destination.services()));
    }
  }

  @Override
  public void close() {
    publisher.close();
  }
}
