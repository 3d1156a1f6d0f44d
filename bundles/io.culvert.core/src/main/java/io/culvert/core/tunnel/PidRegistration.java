// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/**
 * The service of a component whose configuration holds secrets. Declarative Services would make all
 * of it service properties, which every bundle can read: this has nothing but the pids, by which
 * Kura knows what to show. Not safe for several threads.
 */
final class PidRegistration {
  private static final List<String> PIDS =
      List.of(Constants.SERVICE_PID, "kura.service.pid", "service.factoryPid");

  private final ServiceRegistration<?> registration;
  private Hashtable<String, Object> pids;

  /**
   * Registers a service.
   *
   * @param context the bundle that it belongs to.
   * @param types what it is registered as.
   * @param service the service.
   * @param properties the component's configuration.
   */
  PidRegistration(
      BundleContext context, List<Class<?>> types, Object service, Map<String, ?> properties) {
    String[] names = types.stream().map(Class::getName).toArray(String[]::new);
    this.pids = pids(properties);
    this.registration = context.registerService(names, service, pids);
  }

  /** Follows a change of the configuration, which may have brought another PID. */
  void follow(Map<String, ?> properties) {
    Hashtable<String, Object> now = pids(properties);
    if (!now.equals(pids)) {
      pids = now;
      registration.setProperties(now);
    }
  }

  void unregister() {
    registration.unregister();
  }

  private static Hashtable<String, Object> pids(Map<String, ?> properties) {
    Hashtable<String, Object> pids = new Hashtable<>();
    for (String key : PIDS) {
      Object value = properties.get(key);
      if (value != null) {
        pids.put(key, value);
      }
    }
    return pids;
  }
}
