// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import io.culvert.config.Printable;
import java.util.concurrent.Executor;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.data.DataService;
import org.eclipse.kura.data.listener.DataServiceListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifications that come through one of Kura's data services: subscribes when that is connected,
 * and again with each new connection, as Kura forgets. A data service tells of the messages of all
 * topics, so others are left out, and so are retained ones, whose tokens are old. Safe for all
 * threads; what may wait is called on the worker only.
 */
final class DataServiceSource implements DataServiceListener {
  /** Who delivers, as the log and the status name it. */
  static final String NAME = "kura-data-service";

  private static final Logger LOG = LoggerFactory.getLogger(DataServiceSource.class);
  private static final int AT_LEAST_ONCE = 1;
  private static final int MAX_REASON = 200;

  private final DataService service;
  private final NotificationRelay relay;
  private final Executor worker;
  private volatile @Nullable String topic;
  private volatile boolean closed;
  // Used by the worker only:
  private @Nullable String subscribed;
  private boolean failed;

  /**
   * Makes one that does nothing yet.
   *
   * @param service what to subscribe at.
   * @param relay takes the notifications.
   * @param worker runs tasks one after the other.
   * @param topic what to subscribe to, absent for nothing.
   */
  DataServiceSource(
      DataService service, NotificationRelay relay, Executor worker, @Nullable String topic) {
    this.service = service;
    this.relay = relay;
    this.worker = worker;
    this.topic = topic;
  }

  /** Begins to listen. */
  void start() {
    worker.execute(
        () -> {
          if (!closed) {
            service.addDataServiceListener(this);
          }
          if (closed) {
            service.removeDataServiceListener(this);
          }
          subscribe();
        });
  }

  /** Subscribes to another topic, or to none. */
  void follow(@Nullable String other) {
    topic = other;
    worker.execute(this::subscribe);
  }

  /** Ends; nothing that comes from now on is handed on. */
  void close() {
    closed = true;
    follow(null);
    try {
      service.removeDataServiceListener(this);
    } catch (RuntimeException e) {
      LOG.debug("Kura's data service did not remove a listener", e);
    }
  }

  /** Makes the subscription what it should be, if there is a connection. */
  private void subscribe() {
    String wanted = topic;
    try {
      if (!service.isConnected()) {
        subscribed = null;
        return;
      }
      if (subscribed != null && !subscribed.equals(wanted)) {
        String old = subscribed;
        subscribed = null;
        service.unsubscribe(old);
      }
      if (wanted != null && subscribed == null) {
        service.subscribe(wanted, AT_LEAST_ONCE);
        subscribed = wanted;
        failed = false;
        LOG.info("Notifications are awaited on {} through Kura's data service", wanted);
      }
    } catch (KuraException | RuntimeException e) {
      complain(wanted, e);
    }
  }

  /** Says only once why it does not work, until it has worked again. */
  private void complain(@Nullable String wanted, Exception e) {
    String reason =
        e.getClass().getSimpleName() + ": " + new Printable().clean(e.getMessage(), MAX_REASON);
    if (wanted == null) {
      LOG.debug("Kura's data service did not unsubscribe: {}", reason);
    } else if (!failed) {
      failed = true;
      LOG.warn(
          "Kura's data service did not subscribe to {}, which is tried again with its next"
              + " connection: {}",
          wanted,
          reason);
    }
  }

  @Override
  public void onConnectionEstablished() {
    worker.execute(
        () -> {
          subscribed = null;
          subscribe();
        });
  }

  @Override
  public void onMessageArrived(String topic, byte @Nullable [] payload, int qos, boolean retained) {
    if (!topic.equals(this.topic)) {
      return;
    }
    if (retained) {
      LOG.debug("A notification that the broker had kept is left out");
      return;
    }
    relay.take(NAME, payload);
  }

  @Override
  public void onDisconnecting() {}

  @Override
  public void onDisconnected() {}

  @Override
  public void onConnectionLost(@Nullable Throwable cause) {}

  @Override
  public void onMessagePublished(int messageId, String topic) {}

  @Override
  public void onMessageConfirmed(int messageId, String topic) {}
}
