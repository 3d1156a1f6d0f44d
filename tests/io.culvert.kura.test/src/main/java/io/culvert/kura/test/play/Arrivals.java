// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test.play;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Constants;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * Tells when components have their configurations. Declarative Services reads properties before
 * their change count: what is updated in between it takes for read, and never reads. So an owner,
 * who is slower, waits until all that was updated before has been dealt with. Safe for all threads.
 */
@Component(
    name = "io.culvert.kura.test.play.Arrivals",
    service = {Arrivals.class, ConfigurationListener.class})
public final class Arrivals implements ConfigurationListener {
  private static final String MARK = "kura.test.mark";
  private static final int LIMIT_SECONDS = 30;

  private final ConfigurationAdmin admin;
  private final ServiceComponentRuntime runtime;
  private final Map<String, CountDownLatch> marks = new ConcurrentHashMap<>();

  /**
   * Looks at components.
   *
   * @param admin tells of updates, one after the other.
   * @param runtime knows the components.
   */
  @Activate
  public Arrivals(@Reference ConfigurationAdmin admin, @Reference ServiceComponentRuntime runtime) {
    this.admin = admin;
    this.runtime = runtime;
  }

  /** Waits until everybody has heard of all updates so far, by making one more. */
  void await() throws IOException, InterruptedException {
    Configuration mark = admin.createFactoryConfiguration(MARK, "?");
    CountDownLatch heard = new CountDownLatch(1);
    marks.put(mark.getPid(), heard);
    try {
      mark.update(new Hashtable<>());
      if (!heard.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("ConfigAdmin is still telling of updates");
      }
    } finally {
      marks.remove(mark.getPid());
      mark.delete();
    }
  }

  @Override
  public void configurationEvent(ConfigurationEvent event) {
    CountDownLatch heard = marks.get(event.getPid());
    if (heard != null) {
      heard.countDown();
    }
  }

  /** Waits likewise, and makes sure that a component was given its configuration. */
  void await(Map<String, Object> configuration) throws IOException, InterruptedException {
    await();
    Object pid = configuration.get(Constants.SERVICE_PID);
    boolean arrived =
        runtime.getComponentDescriptionDTOs().stream()
            .flatMap(component -> runtime.getComponentConfigurationDTOs(component).stream())
            .map(component -> component.properties)
            .filter(held -> Objects.equals(held.get(Constants.SERVICE_PID), pid))
            .anyMatch(held -> holds(held, configuration));
    if (!arrived) {
      throw new IOException(pid + " has not arrived");
    }
  }

  private static boolean holds(Map<String, Object> held, Map<String, Object> configuration) {
    return configuration.entrySet().stream()
        .allMatch(each -> Objects.deepEquals(held.get(each.getKey()), each.getValue()));
  }
}
