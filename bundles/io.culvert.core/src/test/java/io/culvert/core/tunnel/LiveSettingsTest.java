// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ErrorCode;
import io.culvert.api.ServiceStatus;
import io.culvert.api.Tunnel;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.emulator.EmulatedTunnel;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Open tunnels follow changed settings of the tunnel manager. */
class LiveSettingsTest extends TunnelFixture {
  private static final long HOUR = 3_600_000;

  @Test
  void aWebSocketThatIsUpStaysWhateverChanges() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openBoth(tunnel);
    LocalClient client = echoClient("SSH");
    String endpoint = status(TunnelMode.SOURCE).endpoint();

    manager.put("endpoint", alias());
    manager.put("max.frame", 70_000);
    manager.put("retry.delay", 2L);
    configure("subprotocol", "aws.iot.securetunneling-2.0");

    client.echo(10_000, 1);
    assertThat(status(TunnelMode.SOURCE).endpoint()).isEqualTo(endpoint);
    assertThat(source.states()).containsExactly(TunnelState.CONNECTING, TunnelState.CONNECTED);
    assertThat(destination.states()).containsExactly(TunnelState.CONNECTING, TunnelState.CONNECTED);

    tunnel.faults(SOURCE).cut();
    source.awaitConnected(2);
    assertThat(status(TunnelMode.SOURCE).endpoint()).isEqualTo(alias());
    assertThat(status(TunnelMode.SOURCE).subprotocol()).isEqualTo("aws.iot.securetunneling-2.0");
    assertThat(status(TunnelMode.DESTINATION).connects()).isEqualTo(1);
    echoClient("SSH").echo(1000, 2);
  }

  @Test
  void anotherPingPeriodCountsInTheWebSocketThatIsUp() throws Exception {
    manager.put("ping.period", HOUR);
    openSource(emulator.openTunnel("SSH"));
    source.awaitConnected(1);

    configure("ping.period", CALM_PING);

    await(() -> status(TunnelMode.SOURCE).roundTrip() != null);
    assertThat(status(TunnelMode.SOURCE).connects()).isEqualTo(1);
  }

  @Test
  void aTunnelThatWaitsTriesTheRightServiceAtOnce() throws Exception {
    manager.put("retry.delay", HOUR);
    manager.put("retry.max.delay", HOUR);
    Object right = manager.put("endpoint", "localhost:" + freePort());
    openSource(emulator.openTunnel("SSH"));
    TunnelStatus waiting = source.await(status -> has(status, ErrorCode.TCP));
    assertThat(waiting.endpoint()).isEqualTo(manager.get("endpoint"));

    configure("endpoint", right);

    assertThat(source.awaitConnected(1).endpoint()).isEqualTo(right);
    assertThat(logs.infos(TunnelLife.class))
        .contains("source: the settings have changed, trying " + right);
  }

  @Test
  void aTunnelThatComesBackTriesTheRightServiceAtOnce() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openSource(tunnel);
    source.awaitConnected(1);
    tunnel.faults(SOURCE).failHandshakes(503, 2, Map.of("Retry-After", "3600")).cut();
    source.await(status -> has(status, ErrorCode.HANDSHAKE));

    configure("connect.timeout", 9000);
    assertThat(emulator.refusals()).hasSize(1);
    configure("endpoint", alias());
    await(() -> emulator.refusals().size() == 2);
    configure("endpoint", emulator.host() + ":" + emulator.port());

    source.awaitConnected(2);
  }

  @Test
  void anAttemptUnderWayIsGivenUpForAnotherOne() throws Exception {
    try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      proxy.setSoTimeout((int) PATIENCE.toMillis());
      manager.put("proxy.timeout", 600_000);
      manager.put("web.proxy", "http://localhost:" + proxy.getLocalPort());
      openSource(emulator.openTunnel("SSH"));
      try (Socket attempt = proxy.accept()) {
        attempt.setSoTimeout((int) PATIENCE.toMillis());
        manager.remove("web.proxy");
        gateway().configure(manager);

        source.awaitConnected(1);
        attempt.getInputStream().readAllBytes();
      }
    }
    assertThat(source.all()).extracting(TunnelStatus::failure).containsOnlyNulls();
  }

  @Test
  void anAttemptThatFailsForGoodWithOldSettingsIsMadeWithTheNew() throws Exception {
    try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      proxy.setSoTimeout((int) PATIENCE.toMillis());
      manager.put("web.proxy", "http://localhost:" + proxy.getLocalPort());
      openSource(emulator.openTunnel("SSH"));
      try (Socket attempt = proxy.accept()) {
        manager.remove("web.proxy");
        gateway().settle(manager);

        attempt
            .getOutputStream()
            .write(
                "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        source.awaitConnected(1);
      }
    }
    assertThat(source.states()).containsExactly(TunnelState.CONNECTING, TunnelState.CONNECTED);
  }

  @Test
  void anAttemptThatIsRefusedWithOldSettingsIsMadeWithTheNew() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    tunnel.faults(SOURCE).failHandshakes(403, 1);
    ExecutorService executor = Executors.newCachedThreadPool();
    try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      proxy.setSoTimeout((int) PATIENCE.toMillis());
      manager.put("web.proxy", "http://localhost:" + proxy.getLocalPort());
      openSource(tunnel);
      try (Socket attempt = proxy.accept();
          Socket service = new Socket("localhost", emulator.port())) {
        manager.remove("web.proxy");
        manager.put("endpoint", alias());
        gateway().settle(manager);

        BufferedReader request =
            new BufferedReader(
                new InputStreamReader(attempt.getInputStream(), StandardCharsets.US_ASCII));
        assertThat(request.lines().anyMatch(String::isEmpty)).isTrue();
        attempt
            .getOutputStream()
            .write("HTTP/1.1 200 Go on\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        executor.submit(() -> attempt.getInputStream().transferTo(service.getOutputStream()));
        executor.submit(() -> service.getInputStream().transferTo(attempt.getOutputStream()));
        source.awaitConnected(1);
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(emulator.refusals()).hasSize(1);
    assertThat(status(TunnelMode.SOURCE).endpoint()).isEqualTo(alias());
    assertThat(source.states()).containsExactly(TunnelState.CONNECTING, TunnelState.CONNECTED);
  }

  @Test
  void aRefusalOfAServiceThatNeverTookTheTokenIsAFailureAlsoAfterASuccessElsewhere()
      throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openSource(tunnel);
    source.awaitConnected(1);
    configure("endpoint", alias());

    tunnel.faults(SOURCE).failHandshakes(403, 1).cut();

    TunnelFailure failure = source.await(TunnelState.FAILED).failure();
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(ErrorCode.REFUSED);
  }

  @Test
  void onlyTunnelsThatTheChangeConcernsTryAgain() throws Exception {
    manager.put("retry.delay", HOUR);
    manager.put("retry.max.delay", HOUR);
    Object right = manager.put("endpoint", "localhost:" + freePort());
    String own = "localhost:" + freePort();
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    gateway().open(at(tunnel, "own", own), destination);
    destination.await(status -> has(status, ErrorCode.TCP));
    openSource(tunnel);
    source.await(status -> has(status, ErrorCode.TCP));

    configure("region.endpoints", "eu-west-1=localhost:1");
    configure("retry.count", 7);
    assertThat(logs.infos(TunnelLife.class)).isEmpty();
    configure("endpoint", right);

    source.awaitConnected(1);
    assertThat(logs.infos(TunnelLife.class)).noneMatch(line -> line.startsWith("own:"));
    assertThat(gateway().tunnels.tunnels())
        .extracting(TunnelStatus::endpoint)
        .containsExactly(own, String.valueOf(right));
  }

  @Test
  void aTunnelThatIsUpGoesOnWhenNothingSaysItsServiceAnyMore() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openSource(tunnel);
    source.awaitConnected(1);
    Object endpoint = manager.remove("endpoint");

    gateway().configure(manager);
    configure("ping.period", 30_000);

    assertThat(status(TunnelMode.SOURCE).state()).isEqualTo(TunnelState.CONNECTED);
    assertThat(logs.warnings()).hasSize(1);
    assertThat(logs.warnings().get(0))
        .contains("source: CLV-CONFIG region, endpoint", "goes on with " + endpoint);
    tunnel.faults(SOURCE).cut();
    source.awaitConnected(2);
    assertThat(status(TunnelMode.SOURCE).endpoint()).isEqualTo(endpoint);
  }

  @Test
  void aTunnelThatIsNotUpFailsWhenNothingSaysItsServiceAnyMore() throws Exception {
    manager.put("retry.delay", HOUR);
    manager.put("retry.max.delay", HOUR);
    manager.put("endpoint", "localhost:" + freePort());
    Tunnel opened = openSource(emulator.openTunnel("SSH"));
    source.await(status -> has(status, ErrorCode.TCP));

    manager.remove("endpoint");
    gateway().configure(manager);

    TunnelStatus failed = source.await(TunnelState.FAILED);
    assertThat(failed.failure()).isNotNull();
    assertThat(failed.failure().code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(failed.failure().message()).contains("region, endpoint");
    assertThat(opened.status()).isEqualTo(failed);
  }

  @Test
  void aSourceMovesToAnotherBindAddressAndWhoeverListensHearsIt() throws Exception {
    openBoth(emulator.openTunnel("SSH"));
    LocalClient old = echoClient("SSH");

    streams.put("bind.address", "127.0.0.2");
    gateway().configureStreams(streams);

    source.await(
        status ->
            String.valueOf(status.services().stream().map(ServiceStatus::address).toList())
                .contains("127.0.0.2:"));
    old.awaitEnd();
    assertThat(source.states()).containsExactly(TunnelState.CONNECTING, TunnelState.CONNECTED);
  }

  private void configure(String key, @Nullable Object value) {
    manager.put(key, value);
    gateway().configure(manager);
    // Whoever follows does so on the tunnels' event loops; a status comes after that.
    gateway().tunnels.tunnels();
  }

  /** Another name for the same service. */
  private String alias() {
    return "127.0.0.1:" + emulator.port();
  }

  private static TunnelSpec at(EmulatedTunnel tunnel, String name, String endpoint) {
    TunnelSpec spec = spec(tunnel, TunnelMode.SOURCE, Map.of(), null);
    return new TunnelSpec(
        name, spec.mode(), spec.accessToken(), null, null, endpoint, Map.of(), null);
  }

  private static boolean has(TunnelStatus status, ErrorCode code) {
    TunnelFailure failure = status.failure();
    return failure != null && failure.code() == code;
  }
}
