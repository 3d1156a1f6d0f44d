// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import io.culvert.api.ErrorCode;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.TimerPingSender;
import org.eclipse.paho.client.mqttv3.logging.LoggerFactory;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One connection to a broker, and the subscription to one topic. For one thread, which may have to
 * wait; {@link #abort()} may come from any, and does not wait.
 */
final class BrokerSession {
  private static final Logger LOG = org.slf4j.LoggerFactory.getLogger(BrokerSession.class);
  private static final long LONGEST_END_MILLIS = 2_000;
  private static final int REFUSED = 0x80;
  private static final long REASON_MILLIS = 1_000;

  static {
    // Before the first class of the client asks for one.
    LoggerFactory.setLogger(QuietLog.class.getName());
  }

  private final ClientThreads threads = new ClientThreads(this::failed);
  private final MqttAsyncClient client;
  private final BrokerDialer dialer;
  private final String topic;

  /** Fails when the connection is lost: the client forgets, at times, to answer then. */
  private final CompletableFuture<IMqttToken> ended = new CompletableFuture<>();

  /**
   * Makes one that is not connected.
   *
   * @param clientId by which the broker knows it.
   * @param dialer opens the way to the broker.
   * @param topic what to subscribe to.
   * @param payloads is given what comes there, on a thread that must not wait; an acknowledgement
   *     follows, unless it throws something: then the connection ends.
   * @param onLoss is told why if the broker goes away, likewise.
   * @throws MqttException if the client id is none.
   */
  BrokerSession(
      String clientId,
      BrokerDialer dialer,
      String topic,
      Consumer<byte[]> payloads,
      Consumer<@Nullable Throwable> onLoss)
      throws MqttException {
    this.dialer = dialer;
    this.topic = topic;
    this.client =
        new MqttAsyncClient(
            BrokerModuleFactory.URI,
            clientId,
            new MemoryPersistence(),
            new TimerPingSender(),
            threads);
    // Before there is a connection: a session that goes on brings messages at once.
    client.setCallback(
        new Callback(
            topic,
            payloads,
            cause -> {
              ended.completeExceptionally(lost(cause));
              onLoss.accept(cause);
            }));
  }

  private static MqttException lost(@Nullable Throwable cause) {
    return cause instanceof MqttException known
        ? known
        : new MqttException(MqttException.REASON_CODE_CONNECTION_LOST, cause);
  }

  /** One of the client's threads has ended; the client notices when it is to use the connection. */
  private void failed(Throwable cause) {
    LOG.error("{}: in the MQTT client", ErrorCode.INTERNAL, cause);
    dialer.cancel();
    ended.completeExceptionally(lost(cause));
  }

  /**
   * Connects and subscribes.
   *
   * @param settings what is agreed with the broker.
   * @throws IOException if there is no way to the broker.
   * @throws MqttException if the broker does not do as it is asked; after both {@link #end} is to
   *     be called, too.
   */
  void begin(SessionSettings settings) throws IOException, MqttException {
    long millis = dialer.timeout().toMillis();
    Answer connected = new Answer();
    client.connect(new BrokerOptions(dialer.dial(), settings), null, connected);
    await(connected, millis);
    Answer subscribed = new Answer();
    try {
      client.subscribe(topic, settings.qos(), null, subscribed);
    } catch (MqttException e) {
      // If the connection was just lost, the reason is told a little later.
      Future<?> unused =
          threads.schedule(
              () -> subscribed.completeExceptionally(e), REASON_MILLIS, TimeUnit.MILLISECONDS);
    }
    int granted = await(subscribed, millis).getGrantedQos()[0];
    if (granted == REFUSED) {
      throw new MqttException(MqttException.REASON_CODE_SUBSCRIBE_FAILED);
    }
    if (granted < settings.qos()) {
      LOG.warn("Broker {}: grants QoS {} only, so notifications may get lost", dialer, granted);
    }
  }

  private IMqttToken await(Answer answer, long millis) throws MqttException {
    try {
      return answer.applyToEither(ended, Function.identity()).get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw lost(e.getCause());
    } catch (TimeoutException e) {
      throw new MqttException(MqttException.REASON_CODE_CLIENT_TIMEOUT, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw lost(e);
    }
  }

  boolean isConnected() {
    return client.isConnected();
  }

  /** Cuts the connection, or what is to be one; {@link #begin} fails soon. */
  void abort() {
    dialer.cancel();
  }

  /**
   * Ends the connection, politely if there is one; takes some seconds at most.
   *
   * @param forget whether the broker is to keep nothing for the topic.
   */
  void end(boolean forget) {
    // Half an end would leave threads behind.
    boolean interrupted = Thread.interrupted();
    try {
      if (client.isConnected()) {
        disconnect(forget);
      }
      abort();
      client.disconnectForcibly(0, 0, false);
      client.close(true);
    } catch (MqttException e) {
      LOG.debug("The connection does not end: {}", BrokerTrouble.text(e, true));
    } finally {
      threads.shutdown();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void disconnect(boolean forget) {
    try {
      if (forget) {
        client.unsubscribe(topic).waitForCompletion(LONGEST_END_MILLIS);
      }
      client.disconnect(0).waitForCompletion(LONGEST_END_MILLIS);
    } catch (MqttException e) {
      LOG.debug("Not disconnected: {}", BrokerTrouble.text(e, true));
    }
  }

  /** What the broker answers to a packet. */
  private static final class Answer extends CompletableFuture<IMqttToken>
      implements IMqttActionListener {
    @Override
    public void onSuccess(IMqttToken token) {
      complete(token);
    }

    @Override
    public void onFailure(IMqttToken token, @Nullable Throwable cause) {
      completeExceptionally(lost(cause));
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
