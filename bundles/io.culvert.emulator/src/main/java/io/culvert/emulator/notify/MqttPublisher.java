// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.notify;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes notifications at a broker, as AWS IoT does: QoS 1, not retained. Keeps a connection and
 * makes a new one whenever it is lost; meanwhile the last {@value #MAX_WAITING} notifications wait.
 * Safe for several threads: all that waits for the broker does so on a thread of its own, which
 * {@link #close()} ends.
 */
public final class MqttPublisher implements NotificationPublisher {
  static final int MAX_WAITING = 100;

  private static final Logger LOG = LoggerFactory.getLogger(MqttPublisher.class);

  private static final int CONNECT_SECONDS = 5;
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final long SHUTDOWN_SECONDS = 5;
  private static final long FIRST_DELAY_MILLIS = 200;
  private static final long LONGEST_DELAY_MILLIS = 5_000;

  private final BrokerSettings settings;
  private final MqttConnectOptions options;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("culvert-emulator-notify", true));
  private final Deque<TunnelNotification> waiting = new ArrayDeque<>(); // guarded by itself
  private @Nullable BrokerSession session; // this and what follows is the thread's
  private String trouble = "";
  private long delayMillis = FIRST_DELAY_MILLIS;

  private MqttPublisher(BrokerSettings settings, MqttConnectOptions options) {
    this.settings = settings;
    this.options = options;
  }

  /**
   * Begins to connect, and does not wait for it.
   *
   * @param settings how to speak to the broker.
   * @return the publisher.
   * @throws IOException if a file cannot be used; the message names it.
   */
  public static MqttPublisher start(BrokerSettings settings) throws IOException {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setConnectionTimeout(CONNECT_SECONDS);
    options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    if (settings.address().tls()) {
      options.setSocketFactory(settings.context().getSocketFactory());
      options.setHttpsHostnameVerificationEnabled(true);
    }
    MqttPublisher publisher = new MqttPublisher(settings, options);
    publisher.thread.execute(publisher::connect);
    return publisher;
  }

  @Override
  public void publish(TunnelNotification notification) {
    TunnelNotification left = null;
    synchronized (waiting) {
      waiting.addLast(notification);
      if (waiting.size() > MAX_WAITING) {
        left = waiting.removeFirst();
      }
    }
    if (left != null) {
      undelivered(left, "more than " + MAX_WAITING + " wait for the broker");
    }
    onThread(this::send);
  }

  private void onThread(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.trace("Too late: the publisher is closed");
    }
  }

  private void connect() {
    try {
      session = BrokerSession.open(settings.address(), options, this::lost);
    } catch (MqttException e) {
      retry(e);
      return;
    }
    LOG.info("Broker {}: connected", settings.address());
    trouble = "";
    delayMillis = FIRST_DELAY_MILLIS;
    send();
  }

  /** Says what is wrong, but the same only once, and tries again later. */
  private void retry(@Nullable Throwable failure) {
    String text = BrokerTrouble.text(failure, settings);
    if (!thread.isShutdown() && !text.equals(trouble)) {
      LOG.warn("Broker {}: not connected, notifications wait: {}", settings.address(), text);
    }
    trouble = text;
    try {
      thread.schedule(this::connect, delayMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.trace("Too late: the publisher is closed");
    }
    delayMillis = Math.min(2 * delayMillis, LONGEST_DELAY_MILLIS);
  }

  /** Sends what waits; if there is no connection it goes on waiting. */
  private void send() {
    TunnelNotification next = first();
    while (session != null && next != null) {
      try {
        session.publish(next);
      } catch (MqttException e) {
        end(e);
        return;
      }
      LOG.info("Tunnel {}: thing '{}' is notified", next.tunnelId(), next.thingName());
      synchronized (waiting) {
        waiting.removeFirstOccurrence(next);
      }
      next = first();
    }
  }

  private @Nullable TunnelNotification first() {
    synchronized (waiting) {
      return waiting.peekFirst();
    }
  }

  /** Called by the connection, which ends only when this has returned. */
  private void lost(@Nullable Throwable cause) {
    onThread(
        () -> {
          BrokerSession current = session;
          if (current != null && !current.isConnected()) {
            end(cause);
          }
        });
  }

  private void end(@Nullable Throwable cause) {
    disconnect();
    retry(cause);
  }

  private void disconnect() {
    BrokerSession current = session;
    session = null;
    if (current != null) {
      current.close();
    }
  }

  /** Ends the connection; what waits is not delivered any more. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Broker {}: the connection does not end", settings.address());
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    disconnect();
    synchronized (waiting) {
      waiting.forEach(left -> undelivered(left, "the emulator ends"));
      waiting.clear();
    }
  }

  private void undelivered(TunnelNotification notification, String reason) {
    LOG.warn(
        "Tunnel {}: thing '{}' could not be notified: {}",
        notification.tunnelId(),
        notification.thingName(),
        reason);
  }

  @Override
  public String toString() {
    return "publisher at " + settings.address();
  }
}
