// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.TunnelMode;
import io.culvert.config.LastGood;
import io.culvert.config.SecretValues;
import io.culvert.config.StatusSink;
import io.culvert.core.config.Mappings;
import io.culvert.core.config.ServiceMappingOcd;
import io.culvert.core.stream.ServiceMappings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mappings that apply to every tunnel that has none of its own, and who hears of their changes.
 * Safe for all threads.
 */
@Component(
    name = ServiceMappingOcd.PID,
    service = ServiceMappingConfig.class,
    immediate = true,
    configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = ServiceMappingOcd.class)
public final class ServiceMappingConfig {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceMappingConfig.class);

  private final LastGood<Mappings> mappings;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /**
   * Starts with a configuration.
   *
   * @param secrets reads configurations.
   * @param sink is told what becomes of them.
   * @param properties what is configured, as {@link ServiceMappingOcd} says.
   */
  @Activate
  public ServiceMappingConfig(
      @Reference SecretValues secrets, @Reference StatusSink sink, Map<String, Object> properties) {
    mappings = new LastGood<>(Mappings.SCHEMA, secrets, sink, properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    Mappings before = mappings.get();
    if (mappings.update(properties)) {
      LOG.info("Service mappings changed: {}", mappings.get().changesSince(before));
      listeners.forEach(Runnable::run);
    }
  }

  @Deactivate
  void deactivate() {
    mappings.end();
  }

  /**
   * Adds a listener.
   *
   * @param changed runs after each change, when {@link #of} knows it already, on the thread that
   *     brought the change.
   */
  void addListener(Runnable changed) {
    listeners.add(changed);
  }

  /** Removes a listener; a call that is under way may still come. */
  void removeListener(Runnable changed) {
    listeners.remove(changed);
  }

  /** Returns the mappings of a tunnel: those given for it, then the configured ones. */
  ServiceMappings of(TunnelMode mode, Map<String, String> own) {
    Mappings configured = mappings.get();
    return new ServiceMappings(
        own,
        mode == TunnelMode.SOURCE ? configured.sources() : configured.destinations(),
        configured.keepEstablished(),
        configured.shares());
  }
}
