// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.service.cm.Configuration;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/**
 * Updates of configurations whose arrival at the component is awaited, by a number in a private
 * property that no component looks at. Two updates at once must not be made of one configuration:
 * Declarative Services reads the properties before their change count, so it may take an old
 * configuration for the new one and miss that. Used by one thread.
 */
final class Deliveries {
  private static final String NUMBER = ".delivery";

  /** An update that has not arrived by then was missed, and is made again. */
  private static final long MISSED_NANOS = Duration.ofSeconds(5).toNanos();

  private final Bundle core;
  private final ServiceComponentRuntime components;
  private long last;

  Deliveries(Bundle core, ServiceComponentRuntime components) {
    this.core = core;
    this.components = components;
  }

  /** Replaces all properties and returns when the component has dealt with them. */
  void deliver(Configuration configuration, Map<String, Object> properties) throws Exception {
    hand(configuration, properties);
    // Properties are seen before the component is told, but not before it has dealt with the last.
    hand(configuration, properties);
  }

  /** Replaces all properties and returns when they have arrived; the component may be at it. */
  void hand(Configuration configuration, Map<String, Object> properties) throws Exception {
    Map<String, Object> numbered = new HashMap<>(properties);
    numbered.put(NUMBER, ++last);
    Configurations.update(configuration, numbered);
    long[] updated = {System.nanoTime()};
    Eventually.holds(
        () -> {
          if (System.nanoTime() - updated[0] > MISSED_NANOS) {
            Configurations.update(configuration, numbered);
            updated[0] = System.nanoTime();
          }
          ComponentConfigurationDTO component = component(configuration);
          assertThat(component.properties).containsEntry(NUMBER, last);
          assertThat(component.state).isEqualTo(ComponentConfigurationDTO.ACTIVE);
        });
  }

  private ComponentConfigurationDTO component(Configuration configuration) throws IOException {
    String factory = configuration.getFactoryPid();
    String pid = configuration.getPid();
    return components(factory == null ? pid : factory).stream()
        .filter(component -> pid.equals(component.properties.get(Constants.SERVICE_PID)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no component has " + pid));
  }

  private Collection<ComponentConfigurationDTO> components(String name) {
    try {
      return components.getComponentConfigurationDTOs(
          components.getComponentDescriptionDTO(core, name));
    } catch (NullPointerException e) {
      // Felix SCR looks at one that is just being activated anew, and finds no properties.
      throw new AssertionError(name + " is not there yet", e);
    }
  }
}
