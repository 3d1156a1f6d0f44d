// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.spi.NetworkModuleFactory;

/**
 * Gives the MQTT client its connections: its own know neither web proxies nor ALPN. It finds this
 * through {@link java.util.ServiceLoader}.
 */
public final class BrokerModuleFactory implements NetworkModuleFactory {
  /** Stands for any broker: the client fails with host names that it cannot take apart. */
  static final String URI = "culvert://broker";

  @Override
  public Set<String> getSupportedUriSchemes() {
    return Set.of("culvert");
  }

  @Override
  public void validateURI(URI broker) {
    // The options say where it is.
  }

  @Override
  public NetworkModule createNetworkModule(URI broker, MqttConnectOptions options, String clientId)
      throws MqttException {
    try {
      return new BrokerModule(((BrokerOptions) options).socket());
    } catch (IOException e) {
      throw new MqttException(MqttException.REASON_CODE_SERVER_CONNECT_ERROR, e);
    }
  }
}
