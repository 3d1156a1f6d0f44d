// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import io.culvert.api.NotificationDecision;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;

/**
 * Makes decisions on notifications events, on frameworks with an EventAdmin: topic {@code
 * io/culvert/notification/} and the decision, with the source, the reason and the tunnel.
 */
@Component(name = "io.culvert.NotificationEvents", service = NotificationListener.class)
public final class NotificationEvents implements NotificationListener {
  private static final String TOPIC = "io/culvert/notification/";

  private final EventAdmin events;

  /**
   * Starts.
   *
   * @param events delivers the events.
   */
  @Activate
  public NotificationEvents(@Reference EventAdmin events) {
    this.events = events;
  }

  @Override
  public void decided(
      NotificationDecision decision, String source, String reason, @Nullable String tunnel) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("source", source);
    properties.put("reason", reason);
    properties.put(EventConstants.TIMESTAMP, System.currentTimeMillis());
    if (tunnel != null) {
      properties.put("tunnel", tunnel);
    }
    events.postEvent(new Event(TOPIC + decision, properties));
  }
}
