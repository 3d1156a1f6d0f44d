// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import java.util.Hashtable;
import java.util.List;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Shows Culvert's configurable services to Kura, which lists nothing but services of its own type:
 * beside each of them stands a {@link ConfigurableComponent} that does nothing, with the same pids.
 * So those bundles need not know Kura. Safe for all threads.
 */
@Component(
    name = "io.culvert.kura.ConfigurableMirror",
    service = {},
    immediate = true)
public final class ConfigurableMirror {
  /** The name that Kura keeps for a configuration; it comes only with what Kura configures. */
  static final String KURA_PID = "kura.service.pid";

  /** What Kura looks at. */
  private static final List<String> MIRRORED =
      List.of(Constants.SERVICE_PID, KURA_PID, "service.factoryPid");

  /** Both pids must be there; the first one may come with a later change. */
  private static final String OURS =
      "(&("
          + KURA_PID
          + "=*)("
          + Constants.SERVICE_PID
          + "=io.culvert.*)(!("
          + Constants.OBJECTCLASS
          + "="
          + ConfigurableComponent.class.getName()
          + ")))";

  private static final ConfigurableComponent MARKER = new ConfigurableComponent() {};

  private final ServiceTracker<Object, ServiceRegistration<?>> tracker;

  /**
   * Begins to show what is there and what will come.
   *
   * @param context the bundle that the markers belong to.
   */
  @Activate
  public ConfigurableMirror(BundleContext context) {
    try {
      tracker = new ServiceTracker<>(context, context.createFilter(OURS), new Mirroring(context));
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
    tracker.open(true);
  }

  @Deactivate
  void deactivate() {
    tracker.close();
  }

  private static Hashtable<String, Object> pids(ServiceReference<?> service) {
    Hashtable<String, Object> pids = new Hashtable<>();
    for (String key : MIRRORED) {
      Object value = service.getProperty(key);
      if (value != null) {
        pids.put(key, value);
      }
    }
    return pids;
  }

  /** Never gets a service: a service that nobody uses need not be made for this. */
  private record Mirroring(BundleContext context)
      implements ServiceTrackerCustomizer<Object, ServiceRegistration<?>> {
    @Override
    public ServiceRegistration<?> addingService(ServiceReference<Object> service) {
      return context.registerService(ConfigurableComponent.class, MARKER, pids(service));
    }

    @Override
    public void modifiedService(ServiceReference<Object> service, ServiceRegistration<?> marker) {
      // Each change of a configuration is one of the service, too; its pids stay what they are.
    }

    @Override
    public void removedService(ServiceReference<Object> service, ServiceRegistration<?> marker) {
      marker.unregister();
    }
  }
}
