// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import java.util.UUID;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Publishes to the thing what no service would. For one thread. */
final class Publisher implements AutoCloseable {
  private static final String TOPIC = "$aws/things/" + Broker.THING + "/tunnels/notify";

  private final MqttClient client;

  Publisher(Broker broker) throws Exception {
    client =
        new MqttClient(
            "ssl://localhost:" + broker.port(),
            UUID.randomUUID().toString(),
            new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setSocketFactory(broker.sockets());
    client.connect(options);
  }

  void publish(byte[] payload) throws Exception {
    client.publish(TOPIC, payload, 1, false);
  }

  @Override
  public void close() throws Exception {
    client.disconnect();
    client.close();
  }
}
