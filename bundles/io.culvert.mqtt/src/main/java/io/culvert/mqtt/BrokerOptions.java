// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;

/**
 * What the MQTT client is told, with what it does not know: how to get to the broker. It hands all
 * this to {@link BrokerModuleFactory}. For one connection.
 */
final class BrokerOptions extends MqttConnectOptions {
  private final BrokerDialer dialer;

  /**
   * Sets what the settings say.
   *
   * @param dialer opens the way to the broker.
   * @param session what is agreed with it.
   */
  BrokerOptions(BrokerDialer dialer, SessionSettings session) {
    this.dialer = dialer;
    setMqttVersion(MQTT_VERSION_3_1_1);
    setAutomaticReconnect(false);
    setCleanSession(session.clean());
    setKeepAliveInterval(Math.toIntExact(session.keepAlive().toSeconds()));
    setConnectionTimeout(
        Math.toIntExact(Math.max(1, TimeUnit.MILLISECONDS.toSeconds(dialer.longest().toMillis()))));
    if (session.user() != null) {
      setUserName(session.user());
    }
    if (session.password() != null) {
      setPassword(session.password().reveal().toCharArray());
    }
  }

  BrokerDialer dialer() {
    return dialer;
  }

  /** Shows nothing: the client's own text names the user. */
  @Override
  public String toString() {
    return "options for " + dialer;
  }
}
