// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.notify;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to a broker. For one thread, which may have to wait. */
final class BrokerSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerSession.class);

  /** For each answer of the broker. */
  private static final long LONGEST_MILLIS = 10_000;

  private static final long LONGEST_END_MILLIS = 2_000;

  private static final int AT_LEAST_ONCE = 1;

  private final MqttClient client;

  private BrokerSession(MqttClient client) {
    this.client = client;
  }

  /**
   * Connects.
   *
   * @param address where the broker is.
   * @param options how to speak to it.
   * @param onLoss is told the reason if the broker goes away, on a thread that must not wait.
   * @throws MqttException if there is no connection; nothing is left of it then.
   */
  static BrokerSession open(
      BrokerAddress address, MqttConnectOptions options, Consumer<Throwable> onLoss)
      throws MqttException {
    String id = "culvert-emulator-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    String uri = (address.tls() ? "ssl://" : "tcp://") + address.endpoint();
    BrokerSession session = new BrokerSession(new MqttClient(uri, id, new MemoryPersistence()));
    boolean connected = false;
    try {
      session.client.setTimeToWait(LONGEST_MILLIS);
      session.client.setCallback(new Losses(onLoss));
      session.client.connect(options);
      connected = true;
      return session;
    } finally {
      if (!connected) {
        session.close();
      }
    }
  }

  boolean isConnected() {
    return client.isConnected();
  }

  /**
   * Sends a notification and waits until the broker has it.
   *
   * @throws MqttException if that is not certain.
   */
  void publish(TunnelNotification notification) throws MqttException {
    MqttMessage message = new MqttMessage(notification.payload().getBytes(StandardCharsets.UTF_8));
    message.setQos(AT_LEAST_ONCE);
    message.setRetained(false);
    client.publish(notification.topic(), message);
  }

  /** Ends the connection, politely if there is one. */
  @Override
  public void close() {
    client.setTimeToWait(LONGEST_END_MILLIS);
    try {
      if (client.isConnected()) {
        client.disconnect(0);
      } else {
        // One that is about to be there has a thread and a socket, too.
        client.disconnectForcibly(0, 0, false);
      }
    } catch (MqttException e) {
      LOG.trace("Not disconnected: {}", e.getMessage());
    }
    try {
      client.close(true);
    } catch (MqttException e) {
      LOG.debug("The broker's connection does not end: {}", e.getMessage());
    }
  }

  /** Hears of the end of the connection; nothing else happens to one that only sends. */
  private record Losses(Consumer<Throwable> onLoss) implements MqttCallback {
    @Override
    public void connectionLost(Throwable cause) {
      onLoss.accept(cause);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {}

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
  }
}
