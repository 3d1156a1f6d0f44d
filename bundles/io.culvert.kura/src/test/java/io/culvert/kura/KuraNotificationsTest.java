// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ConfigurationState;
import io.culvert.api.NotificationSink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.CloudSubscriber;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KuraNotificationsTest {
  private static final String TOPIC = NotificationSink.topic("gateway-7");
  private static final String OTHER = NotificationSink.topic("gateway-8");
  private static final long LIMIT_MILLIS = 60_000;
  private static final String SUBSCRIBE = "subscribe " + TOPIC + " 1";
  private static final String UNSUBSCRIBE = "unsubscribe " + TOPIC;

  private final PlayedReporter reporter = new PlayedReporter();
  private final PlayedSink sink = new PlayedSink();
  private final PlayedDataService service = new PlayedDataService();
  private final PlayedSubscriber subscriber = new PlayedSubscriber();
  private final KuraNotifications notifications =
      new KuraNotifications(reporter, Map.of("thing", "gateway-7"));

  @AfterEach
  void deactivate() {
    notifications.deactivate();
    assertThat(service.listeners).isEmpty();
  }

  @Test
  void theBodyOfAMessageOfTheCloudSubscriberIsHandedOn() {
    notifications.bindSink(sink);
    notifications.bindCloudSubscriber(subscriber);
    subscriber.deliver("{1}");
    subscriber.deliver(null);
    notifications.unbindCloudSubscriber(subscriber);
    subscriber.deliver("{2}");
    assertThat(sink.taken).containsExactly("kura-cloud-subscriber {1}", "kura-cloud-subscriber ");
    assertThat(subscriber.listeners).isEmpty();
  }

  @Test
  void oneCloudSubscriberTakesThePlaceOfAnother() {
    PlayedSubscriber next = new PlayedSubscriber();
    notifications.bindSink(sink);
    notifications.bindCloudSubscriber(subscriber);
    notifications.bindCloudSubscriber(next);
    notifications.unbindCloudSubscriber(subscriber);
    next.deliver("{1}");
    assertThat(sink.taken).hasSize(1);
    notifications.unbindCloudSubscriber(next);
    assertThat(next.listeners).isEmpty();
  }

  @Test
  void theDataServiceIsSubscribedToUntilItGoes() throws Exception {
    service.connected = true;
    notifications.bindSink(sink);
    notifications.bindDataService(service);
    service.awaitCall();
    service.deliver(TOPIC, "{1}", false);
    notifications.unbindDataService(service);
    service.awaitCall();
    assertThat(service.calls).containsExactly(SUBSCRIBE, UNSUBSCRIBE);
    assertThat(sink.taken).containsExactly("kura-data-service {1}");
  }

  @Test
  void deactivatingUnsubscribesAndLeavesNoThread() throws Exception {
    service.connected = true;
    notifications.bindDataService(service);
    service.awaitCall();
    List<Thread> threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals(Worker.THREAD))
            .toList();
    assertThat(threads).isNotEmpty();
    notifications.deactivate();
    assertThat(service.calls).containsExactly(SUBSCRIBE, UNSUBSCRIBE);
    assertThat(reporter.removed).containsExactly("io.culvert.KuraNotifications");
    notifications.unbindDataService(service);
    for (Thread thread : threads) {
      thread.join(LIMIT_MILLIS);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Test
  void anotherThingIsFollowed() throws Exception {
    service.connected = true;
    notifications.bindDataService(service);
    service.awaitCall();
    notifications.modified(Map.of("thing", "gateway-8"));
    service.awaitCall();
    service.awaitCall();
    assertThat(service.calls).containsExactly(SUBSCRIBE, UNSUBSCRIBE, "subscribe " + OTHER + " 1");
  }

  @Test
  void bindingDoesNotWaitForTheNetwork() {
    CountDownLatch answered = new CountDownLatch(1);
    PlayedDataService slow =
        new PlayedDataService() {
          @Override
          public void subscribe(String topic, int qos) {
            try {
              answered.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            calls.add(topic);
          }
        };
    slow.connected = true;
    notifications.bindDataService(slow);
    notifications.modified(Map.of("thing", "gateway-8"));
    notifications.unbindDataService(slow);
    assertThat(slow.calls).isEmpty();
    answered.countDown();
    notifications.deactivate();
    assertThat(slow.listeners).isEmpty();
  }

  @Test
  void equalValuesDoNothing() throws Exception {
    service.connected = true;
    notifications.bindDataService(service);
    service.awaitCall();
    Map<String, Object> same = Map.of("thing", "gateway-7", "kura.service.pid", "x");
    notifications.modified(same);
    notifications.modified(same);
    notifications.deactivate();
    assertThat(service.calls).containsExactly(SUBSCRIBE, UNSUBSCRIBE);
  }

  @Test
  void wrongValuesLeaveInForceWhatWas() throws Exception {
    service.connected = true;
    notifications.bindDataService(service);
    service.awaitCall();
    notifications.modified(Map.of("thing", "a/b"));
    assertThat(reporter.reports)
        .last()
        .satisfies(report -> assertThat(report.state()).isEqualTo(ConfigurationState.REFUSED));
    notifications.deactivate();
    assertThat(service.calls).containsExactly(SUBSCRIBE, UNSUBSCRIBE);
  }

  @Test
  void theSinkMayComeAndGo() {
    notifications.bindCloudSubscriber(subscriber);
    subscriber.deliver("{1}");
    notifications.bindSink(sink);
    subscriber.deliver("{2}");
    notifications.unbindSink(sink);
    subscriber.deliver("{3}");
    assertThat(sink.taken).containsExactly("kura-cloud-subscriber {2}");
    notifications.unbindCloudSubscriber(subscriber);
  }

  private static final class PlayedSubscriber implements CloudSubscriber {
    final List<CloudSubscriberListener> listeners = new CopyOnWriteArrayList<>();

    @Override
    public void registerCloudSubscriberListener(CloudSubscriberListener listener) {
      listeners.add(listener);
    }

    @Override
    public void unregisterCloudSubscriberListener(CloudSubscriberListener listener) {
      listeners.remove(listener);
    }

    void deliver(String body) {
      KuraPayload payload = new KuraPayload();
      payload.setBody(body == null ? null : body.getBytes(UTF_8));
      listeners.forEach(listener -> listener.onMessageArrived(new KuraMessage(payload)));
    }
  }
}
