// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.NotificationDecision;
import io.culvert.api.Secret;
import io.culvert.api.SecretCipher;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.config.SecretValues;
import io.culvert.core.notify.NotificationSinkComponent;
import io.culvert.core.notify.Sinks;
import io.culvert.core.status.ConfigurationReports;
import io.culvert.emulator.EmulatedTunnel;
import io.culvert.emulator.registry.RotationMode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Notifications at work: real tunnels, through the emulated service, to an application. */
class NotificationEndToEndTest extends TunnelFixture {
  private static final SecretCipher CIPHER =
      new SecretCipher() {
        @Override
        public String encrypt(Secret value) {
          byte[] bytes = value.reveal().getBytes(StandardCharsets.UTF_8);
          return Base64.getEncoder().encodeToString(bytes);
        }

        @Override
        public Secret decrypt(String encrypted) {
          return Secret.of(
              new String(Base64.getDecoder().decode(encrypted), StandardCharsets.UTF_8));
        }
      };

  private NotificationSinkComponent sink(Gateway at) {
    return new NotificationSinkComponent(
        at.bridge,
        at.tunnels,
        new StateFolder(new RegistrationContext().context()),
        new SecretValues(),
        new ConfigurationReports(),
        Map.of());
  }

  private NotificationDecision notify(NotificationSinkComponent sink, EmulatedTunnel tunnel) {
    String json =
        "{\"clientAccessToken\":\"%s\",\"clientMode\":\"destination\",\"region\":\"eu-west-1\",\"services\":[\"SSH\"]}"
            .formatted(tunnel.accessToken(DESTINATION).reveal());
    return sink.take("test", json.getBytes(StandardCharsets.UTF_8));
  }

  private static void awaitConnected(Gateway gateway, String name) {
    await(
        () ->
            gateway.tunnels.tunnels().stream()
                .filter(tunnel -> tunnel.name().equals(name))
                .map(TunnelStatus::state)
                .anyMatch(TunnelState.CONNECTED::equals));
  }

  @Test
  void aNotificationLeadsToTheApplicationAndARotationTakesItsPlace() throws Exception {
    map("destinations", "SSH=" + application.endpoint());
    NotificationSinkComponent sink = sink(gateway());
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    assertThat(notify(sink, tunnel)).isEqualTo(NotificationDecision.OPENED);
    assertThat(notify(sink, tunnel)).isEqualTo(NotificationDecision.DUPLICATE);
    awaitConnected(gateway(), "notification-1");
    openSource(tunnel);
    source.awaitConnected(1);
    echoClient("SSH").echo(10_000, 1);

    tunnel.rotate(RotationMode.DESTINATION);
    assertThat(notify(sink, tunnel)).isEqualTo(NotificationDecision.OPENED);
    await(() -> sink.status().tunnels().size() == 1);
    awaitConnected(gateway(), "notification-2");

    assertThat(sink.status().tunnels()).containsExactly("notification-2");
    assertThat(logs.lines())
        .noneMatch(line -> line.startsWith("SEVERE"))
        .anyMatch(line -> line.contains("CLV-ENDED"));
    echoClient("SSH").echo(10_000, 2);
    Sinks.deactivate(sink);
    assertThat(gateway().tunnels.tunnels())
        .extracting(TunnelStatus::mode)
        .containsOnly(TunnelMode.SOURCE);
  }

  @Test
  void aRestartedProcessOpensItsTunnelsAgain() throws Exception {
    map("destinations", "SSH=" + application.endpoint());
    Gateway before = newGateway();
    NotificationSinkComponent sink = sink(before);
    Sinks.come(sink, CIPHER);
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    notify(sink, tunnel);
    awaitConnected(before, "notification-1");
    await(() -> folder.resolve("state").resolve("notifications.json").toFile().exists());
    Sinks.deactivate(sink);
    before.close();

    NotificationSinkComponent again = sink(gateway());
    Sinks.come(again, CIPHER);
    awaitConnected(gateway(), "notification-1");
    openSource(tunnel);
    source.awaitConnected(1);

    echoClient("SSH").echo(10_000, 3);
    assertThat(emulator.refusals()).isEmpty();
    Sinks.deactivate(again);
  }

  @Test
  void whatIsMappedIsKnownAsItIsNow() {
    assertThat(gateway().tunnels.maps(Set.of())).isFalse();
    assertThat(gateway().tunnels.hasEndpoint()).isTrue();
    change("destinations", "SSH=22", "HTTP=80");
    assertThat(gateway().tunnels.maps(Set.of("SSH", "HTTP"))).isTrue();
    assertThat(gateway().tunnels.maps(Set.of("SSH", "VNC"))).isFalse();
    assertThat(gateway().tunnels.maps(Set.of())).isFalse();
    change("destinations", "22");
    assertThat(gateway().tunnels.maps(Set.of())).isTrue();
    assertThat(gateway().tunnels.maps(Set.of("SSH"))).isTrue();
    assertThat(gateway().tunnels.maps(Set.of("SSH", "HTTP"))).isFalse();
    gateway().configure(Map.of("region", "us-east-1"));
    assertThat(gateway().tunnels.hasEndpoint()).isFalse();
  }
}
