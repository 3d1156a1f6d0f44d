// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.logging.LoggerFactory;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One connection to a broker, and the subscription to one topic. For one thread, which may have to
 * wait; {@link #abort()} may come from any.
 */
final class BrokerSession {
  private static final Logger LOG = org.slf4j.LoggerFactory.getLogger(BrokerSession.class);
  private static final long LONGEST_END_MILLIS = 2_000;

  static {
    // Before the first class of the client asks for one.
    LoggerFactory.setLogger(QuietLog.class.getName());
  }

  private final MqttClient client;
  private final BrokerOptions options;
  private final String topic;

  /**
   * Makes one that is not connected.
   *
   * @param clientId by which the broker knows it.
   * @param options how to get there, and what to say.
   * @param topic what to subscribe to.
   * @param payloads is given what comes there, on a thread that must not wait; an acknowledgement
   *     follows.
   * @param onLoss is told why if the broker goes away, likewise.
   * @throws MqttException if the client id is none.
   */
  BrokerSession(
      String clientId,
      BrokerOptions options,
      String topic,
      Consumer<byte[]> payloads,
      Consumer<@Nullable Throwable> onLoss)
      throws MqttException {
    this.options = options;
    this.topic = topic;
    this.client =
        new MqttClient(
            BrokerModuleFactory.SCHEME + "://" + options.dialer(),
            clientId,
            new MemoryPersistence());
    client.setTimeToWait(options.dialer().longest().toMillis());
    // Before there is a connection: a session that goes on brings messages at once.
    client.setCallback(new Callback(topic, payloads, onLoss));
  }

  /**
   * Connects and subscribes.
   *
   * @param qos how surely messages come.
   * @throws MqttException if that fails; {@link #end} is to be called also then.
   */
  void begin(int qos) throws MqttException {
    client.connect(options);
    client.subscribe(topic, qos);
  }

  boolean isConnected() {
    return client.isConnected();
  }

  /** Makes {@link #begin} fail soon. */
  void abort() {
    options.dialer().cancel();
  }

  /**
   * Ends the connection, politely if there is one.
   *
   * @param forget whether the broker is to keep nothing for the topic.
   */
  void end(boolean forget) {
    client.setTimeToWait(LONGEST_END_MILLIS);
    try {
      if (client.isConnected()) {
        if (forget) {
          client.unsubscribe(topic);
        }
        client.disconnect(0);
      } else {
        // One that is about to be there has a thread and a socket, too.
        client.disconnectForcibly(0, 0, false);
      }
    } catch (MqttException e) {
      LOG.debug("Not disconnected: {}", BrokerTrouble.text(e));
    }
    abort();
    try {
      client.close(true);
    } catch (MqttException e) {
      LOG.debug("The connection does not end: {}", BrokerTrouble.text(e));
    }
  }

  private record Callback(
      String topic, Consumer<byte[]> payloads, Consumer<@Nullable Throwable> onLoss)
      implements MqttCallback {
    @Override
    public void messageArrived(String from, MqttMessage message) {
      if (!from.equals(topic)) {
        LOG.debug("A message of another topic is left out");
      } else if (message.isRetained()) {
        LOG.debug("A notification that the broker had kept is left out");
      } else {
        payloads.accept(message.getPayload());
      }
    }

    @Override
    public void connectionLost(@Nullable Throwable cause) {
      onLoss.accept(cause);
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
  }
}
