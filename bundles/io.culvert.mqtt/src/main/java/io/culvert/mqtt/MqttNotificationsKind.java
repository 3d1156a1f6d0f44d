// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import io.culvert.api.ConfigurationKind;
import io.culvert.config.SchemaKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** How configurations of the notifications over MQTT are judged. */
@Component(name = "io.culvert.mqtt.MqttNotificationsKind", service = ConfigurationKind.class)
public final class MqttNotificationsKind extends SchemaKind {
  /** Makes one, in a framework or without. */
  @Activate
  public MqttNotificationsKind() {
    super(MqttSettings.SCHEMA);
  }
}
