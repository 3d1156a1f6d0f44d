// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
  private static final String TOPIC = "$aws/things/gate/tunnels/notify";
  private static final String SUBSCRIBED = "SUBSCRIBE " + TOPIC + " 1";
  private static final String CONNECTED = "CONNECT MQTT 4 kept 60 gate";

  private final PlayedSink sink = new PlayedSink();
  private final LogLines log = new LogLines(Subscription.class);
  private final Subscription subscription = new Subscription(sink, Map.of());
  private ScriptedBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = new ScriptedBroker();
  }

  @AfterEach
  void end() throws Exception {
    subscription.close();
    broker.close();
    log.close();
    assertNoThreads();
  }

  private static void assertNoThreads() throws Exception {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().matches(Subscription.THREAD + "|MQTT .*")) {
        thread.join(30_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  private MqttSettings settings(Object... more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("broker", "mqtt://127.0.0.1:" + broker.port());
    properties.put("thing", "gate");
    properties.put("retry.delay", 1);
    for (int i = 0; i < more.length; i += 2) {
      properties.put((String) more[i], more[i + 1]);
    }
    return MqttSettings.SCHEMA.parse(properties);
  }

  private void follow(Object... more) throws Exception {
    subscription.follow(settings(more));
    assertThat(broker.next()).isEqualTo(CONNECTED);
    assertThat(broker.next()).isEqualTo(SUBSCRIBED);
    log.await("are awaited on");
  }

  @Test
  void aNotificationIsHandedOnAndThenAcknowledged() throws Exception {
    follow();
    broker.publish(7, TOPIC, "hello", false);
    assertThat(broker.next()).isEqualTo("PUBACK 7");
    assertThat(sink.taken).containsExactly("mqtt hello");
  }

  @Test
  void whatIsRetainedOrOfAnotherTopicIsLeftOut() throws Exception {
    follow();
    broker.publish(1, TOPIC, "old", true);
    broker.publish(2, "another", "strange", false);
    broker.publish(3, TOPIC, "new", false);
    assertThat(sink.next()).isEqualTo("mqtt new");
    assertThat(sink.taken).isEmpty();
  }

  @Test
  void aSinkThatThrowsDoesNotEndTheConnection() throws Exception {
    follow();
    broker.publish(1, TOPIC, "throw", false);
    broker.publish(2, TOPIC, "next", false);
    assertThat(List.of(broker.next(), broker.next())).containsExactly("PUBACK 1", "PUBACK 2");
    assertThat(log.lines()).singleElement().asString().contains("CLV-INTERNAL");
  }

  @Test
  void aLostConnectionIsMadeAndSubscribedAnew() throws Exception {
    follow();
    for (int i = 0; i < 3; i++) {
      broker.cut();
      assertThat(log.await("not connected")).contains("is the certificate active");
      assertThat(broker.next()).isEqualTo("gone");
      assertThat(broker.next()).isEqualTo(CONNECTED);
      assertThat(broker.next()).isEqualTo(SUBSCRIBED);
      log.await("are awaited on");
    }
    broker.publish(1, TOPIC, "hello", false);
    assertThat(sink.next()).isEqualTo("mqtt hello");
    broker.cut();
    assertThat(log.await("not connected")).endsWith(": it ended the connection");
  }

  @Test
  void aBrokerMayComeLater() throws Exception {
    int port = broker.port();
    broker.close();
    subscription.follow(settings());
    log.await("Broker 127.0.0.1:" + port + ": not connected, the next");
    broker = new ScriptedBroker(port);
    assertThat(broker.next()).isEqualTo(CONNECTED);
    assertThat(broker.next()).isEqualTo(SUBSCRIBED);
  }

  @Test
  void aRefusedSubscriptionIsSaidOnceInWords() throws Exception {
    broker.suback(ScriptedBroker.REFUSED);
    subscription.follow(settings());
    assertThat(log.await("not connected")).contains("it refuses the subscription: the policy");
    String again = broker.next();
    for (int i = 0; i < 3; again = broker.next()) {
      i += again.equals(SUBSCRIBED) ? 1 : 0;
    }
    assertThat(log.lines()).hasSize(1);
  }

  @Test
  void aRefusedClientIsSaidInWords() throws Exception {
    broker.connack(5);
    subscription.follow(settings());
    assertThat(log.await("not connected")).contains("it does not let this client in");
  }

  @Test
  void wrongCredentialsAreSaidButNotShown() throws Exception {
    broker.connack(4);
    subscription.follow(settings("user", "me", "password", "p4ssw0rd"));
    assertThat(broker.next()).isEqualTo(CONNECTED + " me:p4ssw0rd");
    assertThat(log.await("not connected"))
        .contains("it does not accept user and password")
        .doesNotContain("p4ss");
  }

  @Test
  void theSessionIsAgreedAsConfigured() throws Exception {
    subscription.follow(
        settings("client.id", "me", "clean.session", true, "keep.alive", 30_000, "qos", 0));
    assertThat(broker.next()).isEqualTo("CONNECT MQTT 4 clean 30 me");
    assertThat(broker.next()).isEqualTo("SUBSCRIBE " + TOPIC + " 0");
  }

  @Test
  void anotherThingTakesTheOldSubscriptionBack() throws Exception {
    follow();
    subscription.follow(settings("thing", "door"));
    assertThat(broker.next()).isEqualTo("UNSUBSCRIBE " + TOPIC);
    assertThat(broker.next()).isEqualTo("DISCONNECT");
    assertThat(broker.next()).isEqualTo("gone");
    assertThat(broker.next()).isEqualTo("CONNECT MQTT 4 kept 60 door");
    assertThat(broker.next()).isEqualTo(SUBSCRIBED.replace("gate", "door"));
  }

  @Test
  void withoutBrokerThereIsNoConnectionAnyMore() throws Exception {
    follow();
    subscription.follow(MqttSettings.SCHEMA.parse(Map.of()));
    assertThat(broker.next()).isEqualTo("UNSUBSCRIBE " + TOPIC);
    assertThat(broker.next()).isEqualTo("DISCONNECT");
    assertThat(broker.next()).isEqualTo("gone");
    follow();
    subscription.follow(settings("enabled", false));
    assertThat(broker.next()).isEqualTo("DISCONNECT");
  }

  @Test
  void aBrokerThatDoesNotAnswerHoldsUpNobody() throws Exception {
    broker.connack(ScriptedBroker.SILENT);
    subscription.follow(settings());
    assertThat(broker.next()).isEqualTo(CONNECTED);
    broker.connack(0);
    subscription.follow(settings("client.id", "other"));
    assertThat(broker.next()).isEqualTo("gone");
    assertThat(broker.next()).isEqualTo(CONNECTED.replace("gate", "other"));
    assertThat(broker.next()).isEqualTo(SUBSCRIBED);
  }

  @Test
  void aBrokerThatAlwaysHangsUpCostsNoThreads() throws Exception {
    broker.connack(ScriptedBroker.CUT);
    subscription.follow(settings("retry.max.delay", 1));
    for (int i = 0; i < 20; i++) {
      assertThat(broker.next()).isEqualTo("hung up");
    }
    subscription.follow(settings("enabled", false));
    broker.close();
    // The end of each test looks for what is left.
  }

  @Test
  void changesWhileItConnectsCostNoThreads() throws Exception {
    broker.connack(ScriptedBroker.CUT);
    for (int i = 0; i < 10; i++) {
      subscription.follow(settings("keep.alive", 60_000 + 1000 * i));
      assertThat(broker.next()).isEqualTo("hung up");
    }
  }

  @Test
  void aPacketThatIsTooLongEndsTheConnection() throws Exception {
    follow();
    broker.raw(0x32, 0xff, 0xff, 0xff, 0x7f);
    assertThat(log.await("not connected")).contains("it sent a packet of more than 262144 bytes");
    assertThat(broker.next()).isEqualTo("gone");
    assertThat(broker.next()).isEqualTo(CONNECTED);
  }

  @Test
  void theEndOfAnInterruptedThreadCutsTheConnection() throws Exception {
    follow();
    Thread.currentThread().interrupt();
    subscription.close();
    assertThat(Thread.interrupted()).isTrue();
    String said = broker.next();
    assertThat(said.equals("DISCONNECT") ? broker.next() : said).isEqualTo("gone");
    assertNoThreads();
  }
}
