// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.EmulatedTunnel;
import io.culvert.emulator.registry.RotationMode;
import io.culvert.emulator.registry.TunnelEnd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that nobody touches, told of tunnels by a real MQTT broker over mutual TLS. */
@EnabledOnOs(OS.LINUX)
class NotifiedGatewayIT {
  private static final String AWAITED = "notifications are awaited on";
  private static final String OPENS = "The notification from mqtt opens a tunnel";

  @TempDir private Path folder;
  private NotifiedRig rig;

  @BeforeEach
  void prepare() throws Exception {
    rig = new NotifiedRig(folder);
  }

  @AfterEach
  void nothingSecretIsWrittenAndTheServiceFindsNoFault() throws Exception {
    try (NotifiedRig ended = rig) {
      assertThat(ended.leaks()).isEmpty();
      assertThat(ended.emulator.violations()).isEmpty();
    }
  }

  @Test
  void tunnelsAreOpenedReplacedAndLeft() throws Exception {
    rig.broker.start();
    Gateway gateway = rig.start("{}", "SSH=22", "HTTP=80").awaitLine(AWAITED);
    EmulatedTunnel tunnel = rig.open("SSH", "HTTP");
    EmulatedTunnel same = rig.open("SSH", "HTTP");
    rig.awaitConnected(tunnel, 1);
    rig.awaitConnected(same, 1);

    tunnel.rotate(RotationMode.DESTINATION);
    rig.awaitConnected(tunnel, 2);
    gateway.await(OPENS + " notification-3: region us-east-1, services SSH, HTTP");
    rig.awaitLines("closed: CLV-ENDED", 1);
    assertThat(same.isConnected(TunnelEnd.DESTINATION)).isTrue();

    tunnel.close();
    same.close();
    rig.awaitLines("closed: CLV-ENDED", 3);
    assertThat(gateway.stop()).isZero();
  }

  @Test
  void theBrokerMayComeLateAndRestart() throws Exception {
    Gateway gateway = rig.start("{}", "SSH=22").awaitLine("not connected, the next attempt is in");
    rig.broker.start();
    rig.broker.awaitThing();
    EmulatedTunnel first = rig.open("SSH");
    rig.awaitConnected(first, 1);
    List<EmulatedTunnel> more = new ArrayList<>();
    for (int restart = 0; restart < 2; restart++) {
      rig.broker.stop();
      rig.broker.start();
      rig.broker.awaitThing();
      more.add(rig.open("SSH"));
      rig.awaitConnected(more.get(restart), 1);
    }
    rig.awaitLines(AWAITED, 3);
    assertThat(first.isConnected(TunnelEnd.DESTINATION)).isTrue();
    assertThat(gateway.lines()).noneMatch(line -> line.contains(": CLV-"));
  }

  @Test
  void aNotificationThatComesThriceOpensOneTunnel() throws Exception {
    rig.broker.start();
    Gateway gateway = rig.start("{}", "SSH=22").awaitLine(AWAITED);
    EmulatedTunnel tunnel = rig.emulator.openTunnel("SSH");
    String token = tunnel.accessToken(TunnelEnd.DESTINATION).reveal();
    byte[] notification =
        """
        {"clientAccessToken":"%s","clientMode":"destination","region":"us-east-1","services":["SSH"]}
        """
            .formatted(token)
            .getBytes(UTF_8);
    try (Publisher publisher = new Publisher(rig.broker)) {
      for (int i = 0; i < 3; i++) {
        publisher.publish(notification);
      }
    }
    rig.awaitConnected(tunnel, 1);
    gateway.await("The notification from mqtt has come before", 2);
    assertThat(gateway.lines()).filteredOn(line -> line.contains(OPENS)).hasSize(1);
    assertThat(String.join("\n", gateway.lines())).doesNotContain(token);
  }

  @Test
  void ofABurstOfFiftyAsManyAreOpenedAsMayBe() throws Exception {
    rig.broker.start();
    Gateway gateway = rig.start("{\"max.tunnels\": 5}", "22").awaitLine(AWAITED);
    List<EmulatedTunnel> tunnels = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      tunnels.add(rig.open());
    }
    for (EmulatedTunnel opened : tunnels.subList(0, 6)) {
      rig.awaitConnected(opened, 1);
    }
    // There is room for another one when two have gone, and it tells of those left out.
    tunnels.get(0).close();
    tunnels.get(1).close();
    gateway.await("closed: CLV-ENDED", 2);
    rig.awaitConnected(rig.open(), 1);
    gateway.await(OPENS + ".*; before it 34 came of which nothing is said");
    assertThat(gateway.lines()).filteredOn(line -> line.contains(OPENS)).hasSize(7);
    assertThat(gateway.lines())
        .filteredOn(line -> line.contains("would exceed the maximum of tunnels: max.tunnels is 5"))
        .hasSize(10);
    assertThat(tunnels.subList(6, 50))
        .noneMatch(tunnel -> tunnel.isConnected(TunnelEnd.DESTINATION));
  }

  @Test
  void whatIsHostileOpensNothingAndIsNotRepeated() throws Exception {
    rig.broker.start();
    Gateway gateway = rig.start("{}", "SSH=22").awaitLine(AWAITED);
    List<byte[]> hostile = HostileNotifications.all();
    assertThat(hostile).hasSizeGreaterThanOrEqualTo(40);
    try (Publisher publisher = new Publisher(rig.broker)) {
      for (byte[] payload : hostile) {
        publisher.publish(payload);
      }
    }
    EmulatedTunnel good = rig.open("SSH");
    rig.awaitConnected(good, 1);
    gateway.await(OPENS + ".*; before it " + (hostile.size() - 10) + " came of which nothing");
    assertThat(gateway.lines())
        .filteredOn(line -> line.contains("The notification from mqtt") && !line.contains(OPENS))
        .hasSize(10)
        .allSatisfy(line -> assertThat(line).contains(" WARN "));
    assertThat(rig.emulator.refusals()).isEmpty();
    assertThat(String.join("\n", gateway.lines()))
        .doesNotContain(HostileNotifications.MARK)
        .doesNotContainPattern("[\\p{Cntrl}&&[^\n\t]]|[\u200b-\u200f\u202a-\u202e\ufeff]");
  }
}
