// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.status;

import io.culvert.api.ConfigurationListener;
import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ConfigurationStatus;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;

/**
 * Makes what becomes of configurations an event, on frameworks with an EventAdmin: topic {@code
 * io/culvert/configuration/} and the state, with the PID, and the errors and warnings as lines.
 */
@Component(name = "io.culvert.ConfigurationEvents", service = ConfigurationListener.class)
public final class ConfigurationEvents implements ConfigurationListener {
  private static final String TOPIC = "io/culvert/configuration/";

  private final EventAdmin events;

  /**
   * Starts.
   *
   * @param events delivers the events.
   */
  @Activate
  public ConfigurationEvents(@Reference EventAdmin events) {
    this.events = events;
  }

  @Override
  public void changed(ConfigurationStatus status) {
    events.postEvent(
        new Event(
            TOPIC + status.state(),
            Map.of(
                Constants.SERVICE_PID,
                status.pid(),
                "errors",
                lines(status.errors()),
                "warnings",
                lines(status.warnings()),
                EventConstants.TIMESTAMP,
                System.currentTimeMillis())));
  }

  @Override
  public void removed(String pid) {
    events.postEvent(new Event(TOPIC + "REMOVED", Map.of(Constants.SERVICE_PID, pid)));
  }

  private static String[] lines(List<ConfigurationProblem> problems) {
    return problems.stream().map(ConfigurationProblem::toString).toArray(String[]::new);
  }
}
