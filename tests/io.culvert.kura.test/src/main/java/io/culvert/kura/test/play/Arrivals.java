// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test.play;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * Waits until components have their configurations. Declarative Services reads the properties
 * before their change count, so of two updates within a moment it may take the old one for the new:
 * what does not arrive is handed on again, as an owner saves again. Safe for all threads.
 */
@Component(name = "io.culvert.kura.test.play.Arrivals", service = Arrivals.class)
public final class Arrivals {
  private static final long LIMIT_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long MISSED_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

  private final ServiceComponentRuntime runtime;

  /**
   * Looks at components.
   *
   * @param runtime knows them.
   */
  @Activate
  public Arrivals(@Reference ServiceComponentRuntime runtime) {
    this.runtime = runtime;
  }

  /** Waits until the component with these properties' {@code service.pid} has all of them. */
  void await(Map<String, Object> properties, Again again) throws IOException {
    long start = System.nanoTime();
    long handed = start;
    while (!haveArrived(properties)) {
      long now = System.nanoTime();
      if (now - start > LIMIT_NANOS) {
        throw new IOException(properties.get(Constants.SERVICE_PID) + " does not arrive");
      }
      if (now - handed > MISSED_NANOS) {
        handed = now;
        again.hand();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private boolean haveArrived(Map<String, Object> properties) {
    Object pid = properties.get(Constants.SERVICE_PID);
    return runtime.getComponentDescriptionDTOs().stream()
        .flatMap(component -> runtime.getComponentConfigurationDTOs(component).stream())
        .map(configuration -> configuration.properties)
        .filter(held -> Objects.equals(held.get(Constants.SERVICE_PID), pid))
        .anyMatch(
            held ->
                properties.entrySet().stream()
                    .allMatch(
                        each -> Objects.deepEquals(held.get(each.getKey()), each.getValue())));
  }

  /** Hands the same configuration on once more. */
  interface Again {
    void hand() throws IOException;
  }
}
