// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import java.net.Socket;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;

/**
 * What the MQTT client is told, with what it has no place for: the connection, which it hands on to
 * {@link BrokerModuleFactory}. For one connection.
 */
final class BrokerOptions extends MqttConnectOptions {
  private final Socket socket;

  /**
   * Sets what the settings say.
   *
   * @param socket leads to the broker.
   * @param session what is agreed with it.
   */
  BrokerOptions(Socket socket, SessionSettings session) {
    this.socket = socket;
    setMqttVersion(MQTT_VERSION_3_1_1);
    setAutomaticReconnect(false);
    setCleanSession(session.clean());
    setKeepAliveInterval(Math.toIntExact(session.keepAlive().toSeconds()));
    if (session.user() != null) {
      setUserName(session.user());
    }
    if (session.password() != null) {
      setPassword(session.password().reveal().toCharArray());
    }
  }

  Socket socket() {
    return socket;
  }

  /** Shows nothing: the client's own text names the user. */
  @Override
  public String toString() {
    return "options";
  }
}
