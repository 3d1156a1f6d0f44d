// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import io.culvert.api.ErrorCode;
import io.culvert.api.NotificationSink;
import io.culvert.config.trust.TrustStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to the broker that is configured, and makes a new one whenever it is lost.
 * Safe for all threads: all that waits for the broker does so on a thread of its own, which begins
 * with the first broker and which {@link #close()} ends.
 */
final class Subscription {
  /** Who delivers, as the log and the status name it. */
  static final String SOURCE = "mqtt";

  /** The name of the thread. */
  static final String THREAD = "culvert-mqtt";

  private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
  private static final long CLOSE_SECONDS = 10;

  /** A connection that lasted this long was of use, as one that brought something. */
  private static final long OF_USE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final NotificationSink sink;
  private final Map<String, String> environment;
  private final SplittableRandom random = new SplittableRandom();
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Subscription::daemon);
  private volatile @Nullable MqttSettings wanted;
  private volatile @Nullable BrokerSession opening;
  private volatile @Nullable BrokerSession session;
  private volatile boolean brought;
  // Used by the thread only, and when it has ended:
  private @Nullable MqttSettings settings;
  private @Nullable TrustStore trust;
  private @Nullable ScheduledFuture<?> retry;
  private long since;
  private int failures;
  private String trouble = "";

  /**
   * Makes one that does nothing yet.
   *
   * @param sink takes the notifications.
   * @param environment the environment variables, which may name a web proxy.
   */
  Subscription(NotificationSink sink, Map<String, String> environment) {
    this.sink = sink;
    this.environment = environment;
    thread.setRemoveOnCancelPolicy(true);
  }

  private static Thread daemon(Runnable run) {
    Thread thread = new Thread(run, THREAD);
    thread.setDaemon(true);
    return thread;
  }

  /** Follows settings soon; returns at once. */
  void follow(MqttSettings next) {
    if (wanted == null && !hasBroker(next)) {
      return;
    }
    wanted = next;
    BrokerSession attempt = opening;
    if (attempt != null) {
      attempt.abort();
    }
    onThread(this::apply);
  }

  private static boolean hasBroker(MqttSettings settings) {
    return settings.enabled() && settings.broker() != null;
  }

  private void onThread(Runnable task) {
    try {
      thread.execute(
          () -> {
            try {
              task.run();
            } catch (RuntimeException e) {
              LOG.error("{}: with the connection to the broker", ErrorCode.INTERNAL, e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.trace("Too late: the subscription is closed");
    }
  }

  private void apply() {
    MqttSettings next = Objects.requireNonNull(wanted);
    if (next.equals(settings)) {
      if (session == null && retry == null && hasBroker(next)) {
        connect();
      }
      return;
    }
    MqttSettings before = settings;
    end(before != null && !Objects.equals(before.thing(), next.thing()));
    settings = next;
    failures = 0;
    trouble = "";
    if (hasBroker(next)) {
      trust = new TrustStore(Objects.requireNonNull(next.broker()).extraCa());
      connect();
    } else if (before != null && hasBroker(before)) {
      LOG.info("Broker {}: not connected any more, as configured", address(before));
    }
  }

  private void connect() {
    retry = null;
    MqttSettings now = Objects.requireNonNull(settings);
    BrokerSettings broker = Objects.requireNonNull(now.broker());
    String thing = Objects.requireNonNull(now.thing());
    String topic = NotificationSink.topic(thing);
    String id = now.session().clientId();
    brought = false;
    since = System.nanoTime();
    try {
      BrokerDialer dialer = new BrokerDialer(broker, Objects.requireNonNull(trust), environment);
      BrokerSession next =
          new BrokerSession(id == null ? thing : id, dialer, topic, this::take, this::lost);
      session = next;
      opening = next;
      if (!now.equals(wanted) || thread.isShutdown()) {
        next.abort();
      }
      next.begin(now.session());
      opening = null;
      LOG.info("Broker {}: notifications are awaited on {}", broker.address(), topic);
      trouble = "";
    } catch (IOException | MqttException e) {
      since = System.nanoTime();
      failed(e);
    } catch (RuntimeException e) {
      LOG.error("{}: with the connection to the broker", ErrorCode.INTERNAL, e);
      since = System.nanoTime();
      failed(e);
    } finally {
      opening = null;
    }
  }

  /** Called by the MQTT client. */
  private void take(byte[] payload) {
    if (thread.isShutdown()) {
      throw new IllegalStateException("closed: the broker is to keep it");
    }
    brought = true;
    try {
      sink.take(SOURCE, payload);
    } catch (RuntimeException e) {
      LOG.error("{}: a notification from {}", ErrorCode.INTERNAL, SOURCE, e);
    }
  }

  /** Called by the MQTT client, whose connection ends only when this has returned. */
  private void lost(@Nullable Throwable cause) {
    onThread(
        () -> {
          BrokerSession current = session;
          if (current != null && !current.isConnected()) {
            failed(cause);
          }
        });
  }

  /** Says what is wrong, but the same only once, and tries again later. */
  private void failed(@Nullable Throwable cause) {
    end(false);
    MqttSettings now = Objects.requireNonNull(settings);
    if (!now.equals(wanted) || thread.isShutdown()) {
      return;
    }
    boolean worked = brought || System.nanoTime() - since > OF_USE_NANOS;
    if (worked) {
      failures = 0;
    }
    Duration delay = now.retry().after(failures++, random);
    String text = BrokerTrouble.text(cause, worked);
    if (text.equals(trouble)) {
      LOG.debug("Broker {}: not connected: {}", address(now), text);
    } else {
      LOG.warn(
          "Broker {}: not connected, the next attempt is in {} ms: {}",
          address(now),
          delay.toMillis(),
          text);
    }
    trouble = text;
    try {
      retry = thread.schedule(this::connect, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.trace("Too late: the subscription is closed");
    }
  }

  private static String address(MqttSettings settings) {
    return String.valueOf(settings.broker() == null ? "" : settings.broker().address());
  }

  private void end(boolean forget) {
    ScheduledFuture<?> planned = retry;
    retry = null;
    if (planned != null) {
      planned.cancel(false);
    }
    BrokerSession current = session;
    session = null;
    if (current != null) {
      current.end(forget);
    }
  }

  /** Ends the connection; waits for that, ten seconds at most. Nothing is followed afterwards. */
  void close() {
    // What waits for its time is dropped.
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    thread.shutdown();
    BrokerSession attempt = opening;
    if (attempt != null) {
      attempt.abort();
    }
    try {
      if (thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        end(false);
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    BrokerSession left = session;
    if (left != null) {
      left.abort();
    }
    thread.shutdownNow();
    LOG.warn("The connection to the broker does not end politely");
  }
}
