// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import java.net.URI;
import java.util.Set;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.spi.NetworkModuleFactory;

/**
 * Gives the MQTT client its connections: its own know neither web proxies nor ALPN. It finds this
 * through {@link java.util.ServiceLoader}.
 */
public final class BrokerModuleFactory implements NetworkModuleFactory {
  /** The scheme of the addresses that are for this. */
  static final String SCHEME = "culvert";

  @Override
  public Set<String> getSupportedUriSchemes() {
    return Set.of(SCHEME);
  }

  @Override
  public void validateURI(URI broker) {
    // It only names the broker in messages; the options say where it is.
  }

  @Override
  public NetworkModule createNetworkModule(
      URI broker, MqttConnectOptions options, String clientId) {
    return new BrokerModule(((BrokerOptions) options).dialer());
  }
}
