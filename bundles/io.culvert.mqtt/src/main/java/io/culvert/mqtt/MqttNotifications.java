// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import io.culvert.api.ConfigurationReporter;
import io.culvert.api.NotificationSink;
import io.culvert.api.SecretDecoder;
import io.culvert.config.LastGood;
import io.culvert.config.ReporterSink;
import io.culvert.config.SecretValues;
import java.util.Map;
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
 * Takes tunnel notifications from an MQTT broker, if one is configured. Its configuration may hold
 * passwords, which a service's properties would show, so it is no service. Starts without waiting
 * for the network. Safe for all threads.
 */
@Component(
    name = MqttNotificationsOcd.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = MqttNotificationsOcd.class)
public final class MqttNotifications {
  private final SecretValues secrets = new SecretValues();
  private final LastGood<MqttSettings> settings;
  private final Subscription subscription;

  /**
   * Starts with a configuration.
   *
   * @param sink takes the notifications.
   * @param reporter is told what becomes of configurations.
   * @param properties what is configured, as {@link MqttNotificationsOcd} says.
   */
  @Activate
  public MqttNotifications(
      @Reference NotificationSink sink,
      @Reference ConfigurationReporter reporter,
      Map<String, Object> properties) {
    this.settings =
        new LastGood<>(MqttSettings.SCHEMA, secrets, new ReporterSink(reporter), properties);
    this.subscription = new Subscription(sink, System.getenv());
    subscription.follow(settings.get());
    secrets.follow(this::decoderCame);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindDecoder(SecretDecoder decoder) {
    secrets.setDecoder(decoder);
  }

  void unbindDecoder(SecretDecoder decoder) {
    secrets.unsetDecoder(decoder);
  }

  /** Not both at once: the subscription is to follow the last of them. */
  private synchronized void decoderCame() {
    if (settings.again()) {
      subscription.follow(settings.get());
    }
  }

  @Modified
  synchronized void modified(Map<String, Object> properties) {
    if (settings.update(properties)) {
      subscription.follow(settings.get());
    }
  }

  @Deactivate
  void deactivate() {
    settings.end();
    subscription.close();
  }
}
