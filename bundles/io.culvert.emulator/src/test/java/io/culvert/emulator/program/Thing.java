// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttMessageListener;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * A thing that listens to its notifications in a session that the broker keeps, so that none is
 * missed while it is away. For one thread.
 */
final class Thing implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final MqttClient client;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  /** Connects; messages that have waited come at once. */
  Thing(String uri, String name, SocketFactory sockets) throws MqttException {
    client = new MqttClient(uri, name, new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setCleanSession(false);
    options.setSocketFactory(sockets);
    client.setTimeToWait(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    // Before anything can come, or else what has waited would be lost.
    client.setCallback(
        new Listener(
            (topic, message) ->
                heard.add(
                    topic
                        + " QoS "
                        + message.getQos()
                        + (message.isRetained() ? " retained " : " ")
                        + new String(message.getPayload(), StandardCharsets.UTF_8))));
    client.connect(options);
    client.subscribe("$aws/things/" + name + "/tunnels/notify", 1);
  }

  /** Returns the next message: topic, quality of service, text. */
  String next() throws InterruptedException {
    String next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no notification has come");
    }
    return next;
  }

  /** Goes away; the broker keeps its session. */
  @Override
  public void close() throws MqttException {
    client.disconnect(0);
    client.close(true);
  }

  private record Listener(IMqttMessageListener listener) implements MqttCallback {
    @Override
    public void connectionLost(Throwable cause) {}

    @Override
    public void messageArrived(String topic, MqttMessage message) throws Exception {
      listener.messageArrived(topic, message);
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
  }
}
