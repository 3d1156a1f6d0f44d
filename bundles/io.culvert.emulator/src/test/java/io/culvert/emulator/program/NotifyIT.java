// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.Emulator;
import io.culvert.emulator.notify.BrokerAddress;
import io.culvert.emulator.notify.BrokerSettings;
import io.culvert.emulator.notify.MqttPublisher;
import io.culvert.emulator.registry.Destination;
import io.culvert.emulator.registry.TunnelRequest;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.util.List;
import java.util.Map;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;

/** Notifications on their way through a real broker. */
class NotifyIT extends ProgramFixture {
  private static final String TO_GATE =
      "{'destinationConfig': {'thingName': 'gate', 'services': ['SSH', 'HTTP']}}";

  @Test
  void aThingIsNotifiedOverMutualTlsEvenIfTheBrokerIsAwayForAWhile() throws Exception {
    try (Mosquitto broker = Mosquitto.in(temporary.resolve("broker"), true)) {
      broker.addClient("gate");
      broker.addClient("aws");
      broker.start();
      String uri = "ssl://localhost:" + broker.port();
      new Thing(uri, "gate", sockets(broker)).close();
      broker.stop();
      RunningProgram emulator =
          start(
              "-v",
              "-v",
              "--broker",
              "localhost:" + broker.port(),
              "--broker-ca",
              broker.file("ca").toString(),
              "--broker-certificate",
              broker.file("aws").toString(),
              "--broker-key",
              broker.file("aws-key").toString());
      emulator.await("not connected, notifications wait: Connection refused");

      Map<String, Object> opened = call(emulator, "OpenTunnel", TO_GATE);
      broker.start();
      try (Thing gate = new Thing(uri, "gate", sockets(broker))) {
        assertThat(gate.next()).isEqualTo(notification(opened));
      }
      broker.stop();
      broker.start();
      Map<String, Object> rotated =
          call(
              emulator,
              "RotateTunnelAccessToken",
              "{'tunnelId': '" + opened.get("tunnelId") + "', 'clientMode': 'ALL'}");
      try (Thing gate = new Thing(uri, "gate", sockets(broker))) {
        assertThat(gate.next()).isEqualTo(notification(rotated));
      }
      broker.stop();

      assertThat(emulator.lines())
          .anyMatch(
              line ->
                  line.endsWith("Tunnel " + opened.get("tunnelId") + ": thing 'gate' is notified"));
      assertThat(String.join(" ", emulator.lines()))
          .doesNotContain(String.valueOf(opened.get("destinationAccessToken")))
          .doesNotContain(String.valueOf(rotated.get("destinationAccessToken")))
          .doesNotContain("PRIVATE KEY");
      emulator.signal("TERM");
      assertThat(emulator.exit()).isZero();
    }
  }

  @Test
  void aBrokerOfAnotherAuthorityIsNamedOnceAndKeepsNobodyWaiting() throws Exception {
    try (Mosquitto broker = Mosquitto.in(temporary.resolve("broker"), true);
        Mosquitto other = Mosquitto.in(temporary.resolve("other"), true)) {
      broker.start();
      RunningProgram emulator =
          start(
              "--broker", "localhost:" + broker.port(), "--broker-ca", other.file("ca").toString());
      String problem =
          "Broker mqtts://localhost:%d: not connected, notifications wait: its certificate was not"
              + " issued by the authority in '%s'";
      emulator.await(problem.formatted(broker.port(), other.file("ca")));

      assertThat(call(emulator, "OpenTunnel", TO_GATE)).containsKey("tunnelId");
      emulator.signal("TERM");
      assertThat(emulator.exit()).isZero();
      assertThat(emulator.lines())
          .filteredOn(line -> line.contains("notifications wait"))
          .hasSize(1);
      assertThat(emulator.lines())
          .anyMatch(line -> line.contains("thing 'gate' could not be notified: the emulator ends"));
    }
  }

  @Test
  void aFileThatCannotBeUsedIsNamedInOneLine() throws Exception {
    Outcome outcome =
        run(
            "--folder",
            folder().toString(),
            "--broker",
            "localhost:8883",
            "--broker-ca",
            temporary.resolve("none.pem").toString());

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.error())
        .isEqualTo(
            "emulator: --broker 'mqtts://localhost:8883': cannot set up TLS: cannot read '"
                + temporary.resolve("none.pem")
                + "'\n");
  }

  @Test
  void onlyTheLastHundredWaitForABrokerAndNothingIsLeftAfterTheEnd() throws Exception {
    try (Mosquitto broker = Mosquitto.in(temporary.resolve("broker"), false)) {
      broker.start();
      String uri = "tcp://127.0.0.1:" + broker.port();
      new Thing(uri, "gate", SocketFactory.getDefault()).close();
      broker.stop();
      BrokerAddress address = BrokerAddress.parse("mqtt://127.0.0.1:" + broker.port());
      try (Emulator emulator =
          Emulator.builder()
              .notifications(MqttPublisher.start(BrokerSettings.plain(address)))
              .start()) {
        for (int i = 0; i < 103; i++) {
          emulator.openTunnel(TunnelRequest.to(new Destination("gate", List.of("S" + i))));
        }
        broker.start();
        try (Thing gate = new Thing(uri, "gate", SocketFactory.getDefault())) {
          for (int i = 3; i < 103; i++) {
            assertThat(gate.next()).endsWith("\"services\":[\"S" + i + "\"]}");
          }
        }
      }
      assertNoThread("culvert-emulator");
      assertNoThread("MQTT ");
    }
  }

  /** One that has said that it ends may need a moment to do so. */
  private static void assertNoThread(String prefix) throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith(prefix)) {
        thread.join(30_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  private static String notification(Map<String, Object> answer) {
    return "$aws/things/gate/tunnels/notify QoS 1 {\"clientAccessToken\":\""
        + answer.get("destinationAccessToken")
        + "\",\"clientMode\":\"destination\",\"region\":\"us-east-1\","
        + "\"services\":[\"SSH\",\"HTTP\"]}";
  }

  private static SocketFactory sockets(Mosquitto broker) throws Exception {
    return ((JdkSslContext)
            SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(broker.file("ca").toFile())
                .keyManager(broker.file("gate").toFile(), broker.file("gate-key").toFile())
                .build())
        .context()
        .getSocketFactory();
  }
}
