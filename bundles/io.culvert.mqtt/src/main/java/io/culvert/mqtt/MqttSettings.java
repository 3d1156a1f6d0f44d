// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import io.culvert.config.RetryDelay;
import io.culvert.config.Schema;
import io.culvert.config.ThingName;
import io.culvert.config.Values;
import org.jspecify.annotations.Nullable;

/**
 * What is configured of the notifications over MQTT. Immutable.
 *
 * @param enabled whether there may be a connection.
 * @param broker how to get to the broker, absent if there is none.
 * @param thing the thing whose notifications are wanted, present if the broker is.
 * @param session what is agreed with it.
 * @param retry when attempts to connect follow a failed one.
 */
record MqttSettings(
    boolean enabled,
    @Nullable BrokerSettings broker,
    @Nullable String thing,
    SessionSettings session,
    RetryDelay retry) {
  /** How they are read; {@link MqttNotificationsOcd} says what there is. */
  static final Schema<MqttSettings> SCHEMA =
      new Schema<>(MqttNotificationsOcd.class, MqttNotificationsOcd.PID, MqttSettings::read);

  private static MqttSettings read(Values values) {
    MqttSettings settings =
        new MqttSettings(
            values.flag("enabled"),
            BrokerSettings.read(values),
            values.parsed("thing", ThingName::parse),
            SessionSettings.read(values),
            RetryDelay.read(values));
    if (values.isEmpty("thing") != values.isEmpty("broker")) {
      String empty = values.isEmpty("thing") ? "thing" : "broker";
      String set = values.isEmpty("thing") ? "broker" : "thing";
      values.problem(empty, null, "must be set, as " + set + " is");
    }
    values.check();
    return settings;
  }
}
