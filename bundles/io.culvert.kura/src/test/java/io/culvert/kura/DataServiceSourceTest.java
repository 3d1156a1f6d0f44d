// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.culvert.api.NotificationSink;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DataServiceSourceTest {
  private static final String TOPIC = NotificationSink.topic("gateway-7");
  private static final String OTHER = NotificationSink.topic("gateway-8");

  private final PlayedDataService service = new PlayedDataService();
  private final PlayedSink sink = new PlayedSink();
  private final NotificationRelay relay = new NotificationRelay();
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  @BeforeEach
  void connectRelay() {
    relay.set(sink);
  }

  private DataServiceSource started(String topic) {
    DataServiceSource source = new DataServiceSource(service, relay, tasks::add, topic);
    source.start();
    work();
    return source;
  }

  private void work() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  @Test
  void nothingIsAskedOfKuraOnTheThreadOfTheCaller() {
    service.connected = true;
    DataServiceSource source = new DataServiceSource(service, relay, tasks::add, TOPIC);
    source.start();
    source.onConnectionEstablished();
    source.follow(OTHER);
    assertThat(service.calls).isEmpty();
    assertThat(service.listeners).isEmpty();
  }

  @Test
  void itSubscribesAtOnceIfThereIsAConnection() {
    service.connected = true;
    started(TOPIC);
    assertThat(service.calls).containsExactly("subscribe " + TOPIC + " 1");
  }

  @Test
  void itSubscribesWithEveryNewConnection() {
    started(TOPIC);
    assertThat(service.calls).isEmpty();
    for (int i = 1; i <= 3; i++) {
      service.connect();
      work();
      assertThat(service.calls).hasSize(i).containsOnly("subscribe " + TOPIC + " 1");
      service.disconnect();
    }
  }

  @Test
  void aRefusedSubscriptionIsToldOnceAndTriedAgainWithTheNextConnection() {
    try (LogLines log = new LogLines(DataServiceSource.class)) {
      service.refusing = true;
      service.connected = true;
      started(TOPIC);
      service.connect();
      work();
      assertThat(log.lines()).singleElement().asString().contains(TOPIC, "KuraException");

      service.refusing = false;
      service.connect();
      work();
      service.refusing = true;
      service.connect();
      work();
      assertThat(service.calls).hasSize(4);
      assertThat(log.lines()).hasSize(2);
    }
  }

  @Test
  void onlyWhatComesNewOnItsTopicIsHandedOn() {
    service.connected = true;
    started(TOPIC);
    service.deliver(TOPIC, "{1}", false);
    service.deliver(TOPIC, "{2}", true);
    service.deliver(OTHER, "{3}", false);
    service.deliver("$aws/things/gateway-7/tunnels/notify/", "{4}", false);
    service.deliver(TOPIC, "{5}", false);
    assertThat(sink.taken).containsExactly("kura-data-service {1}", "kura-data-service {5}");
  }

  @Test
  void aMessageWithoutPayloadIsJudgedLikeAnEmptyOne() {
    DataServiceSource source = started(TOPIC);
    source.onMessageArrived(TOPIC, null, 1, false);
    assertThat(sink.taken).containsExactly("kura-data-service ");
  }

  @Test
  void anotherTopicTakesThePlaceOfTheFirst() {
    service.connected = true;
    DataServiceSource source = started(TOPIC);
    source.follow(OTHER);
    work();
    assertThat(service.calls)
        .containsExactly(
            "subscribe " + TOPIC + " 1", "unsubscribe " + TOPIC, "subscribe " + OTHER + " 1");
    service.deliver(TOPIC, "{1}", false);
    service.deliver(OTHER, "{2}", false);
    assertThat(sink.taken).containsExactly("kura-data-service {2}");
  }

  @Test
  void theSameTopicIsNotSubscribedToTwice() {
    service.connected = true;
    DataServiceSource source = started(TOPIC);
    source.follow(TOPIC);
    work();
    assertThat(service.calls).hasSize(1);
  }

  @Test
  void withoutATopicItWaitsForOne() {
    service.connected = true;
    DataServiceSource source = started(null);
    service.deliver("", "{1}", false);
    assertThat(service.calls).isEmpty();
    source.follow(TOPIC);
    work();
    assertThat(service.calls).containsExactly("subscribe " + TOPIC + " 1");
    assertThat(sink.taken).isEmpty();
  }

  @Test
  void nothingIsLeftWhenItIsClosed() {
    service.connected = true;
    DataServiceSource source = started(TOPIC);
    source.close();
    assertThat(service.listeners).isEmpty();
    source.onMessageArrived(TOPIC, new byte[] {'x'}, 1, false);
    work();
    assertThat(service.calls).containsExactly("subscribe " + TOPIC + " 1", "unsubscribe " + TOPIC);
    assertThat(sink.taken).isEmpty();
  }

  @Test
  void aListenerIsNotAddedByWhatRunsAfterTheEnd() {
    service.connected = true;
    DataServiceSource source = new DataServiceSource(service, relay, tasks::add, TOPIC);
    source.start();
    source.close();
    work();
    assertThat(service.listeners).isEmpty();
    assertThat(service.calls).isEmpty();
  }

  @Test
  void itNeedNotUnsubscribeWithoutAConnection() {
    service.connected = true;
    DataServiceSource source = started(TOPIC);
    service.disconnect();
    source.close();
    work();
    assertThat(service.calls).containsExactly("subscribe " + TOPIC + " 1");
  }

  @Test
  void whatCannotBeUnsubscribedIsNoReasonToComplain() {
    try (LogLines log = new LogLines(DataServiceSource.class)) {
      service.connected = true;
      DataServiceSource source = started(TOPIC);
      service.refusing = true;
      source.close();
      work();
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void kuraIsSparedWhatGoesWrongWithANotification() {
    NotificationRelay empty = new NotificationRelay();
    assertThatCode(() -> empty.take("test", new byte[0])).doesNotThrowAnyException();
    empty.set(sink);
    empty.unset(new PlayedSink());
    empty.take("test", new byte[] {'1'});
    empty.unset(sink);
    empty.take("test", new byte[] {'2'});
    assertThat(sink.taken).containsExactly("test 1");
  }
}
