// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import io.culvert.api.ConfigurationReporter;
import io.culvert.api.NotificationSink;
import io.culvert.config.LastGood;
import io.culvert.config.ReporterSink;
import io.culvert.config.SecretValues;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.cloudconnection.subscriber.CloudSubscriber;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.data.DataService;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Takes tunnel notifications from Kura's connections: from a cloud subscriber, which subscribes
 * itself, and from a data service, at which this subscribes. Which ones, target filters in the
 * configuration say, so Declarative Services exchanges them. It is a service only for {@link
 * ConfigurableMirror} to find. Safe for all threads; its lock is not held while Kura is called.
 */
@Component(
    name = KuraNotificationsOcd.PID,
    service = KuraNotifications.class,
    immediate = true,
    configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = KuraNotificationsOcd.class)
public final class KuraNotifications {
  /** Who delivers, as the log and the status name it. */
  static final String CLOUD_SUBSCRIBER = "kura-cloud-subscriber";

  private final LastGood<KuraNotificationsSettings> settings;
  private final NotificationRelay relay = new NotificationRelay();
  private final Worker worker = new Worker();
  private final CloudSubscriberListener listener =
      message ->
          relay.take(
              CLOUD_SUBSCRIBER,
              message.getPayload() == null ? null : message.getPayload().getBody());
  private final Object lock = new Object();
  private final Map<DataService, DataServiceSource> sources = new IdentityHashMap<>();

  /**
   * Starts with a configuration.
   *
   * @param reporter is told what becomes of configurations.
   * @param properties what is configured, as {@link KuraNotificationsOcd} says.
   */
  @Activate
  public KuraNotifications(
      @Reference ConfigurationReporter reporter, Map<String, Object> properties) {
    settings =
        new LastGood<>(
            KuraNotificationsSettings.SCHEMA,
            new SecretValues(),
            new ReporterSink(reporter),
            properties);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindSink(NotificationSink sink) {
    relay.set(sink);
  }

  void unbindSink(NotificationSink sink) {
    relay.unset(sink);
  }

  @Reference(
      name = "CloudSubscriber",
      target = KuraNotificationsOcd.NOTHING,
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC)
  void bindCloudSubscriber(CloudSubscriber subscriber) {
    subscriber.registerCloudSubscriberListener(listener);
  }

  void unbindCloudSubscriber(CloudSubscriber subscriber) {
    subscriber.unregisterCloudSubscriberListener(listener);
  }

  @Reference(
      name = "DataService",
      target = KuraNotificationsOcd.NOTHING,
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC)
  void bindDataService(DataService service) {
    DataServiceSource source;
    synchronized (lock) {
      source = new DataServiceSource(service, relay, worker, settings.get().topic());
      sources.put(service, source);
    }
    source.start();
  }

  void unbindDataService(DataService service) {
    @Nullable DataServiceSource source;
    synchronized (lock) {
      source = sources.remove(service);
    }
    if (source != null) {
      source.close();
    }
  }

  @Modified
  void modified(Map<String, Object> properties) {
    if (settings.update(properties)) {
      sources().forEach(source -> source.follow(settings.get().topic()));
    }
  }

  private List<DataServiceSource> sources() {
    synchronized (lock) {
      return new ArrayList<>(sources.values());
    }
  }

  /** Waits until the subscription has ended, five seconds at most. */
  @Deactivate
  void deactivate() {
    settings.end();
    List<DataServiceSource> all = sources();
    synchronized (lock) {
      sources.clear();
    }
    all.forEach(DataServiceSource::close);
    worker.end();
  }
}
