// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ErrorCode;
import io.culvert.api.ProtocolVersion;
import io.culvert.api.ServiceStatus;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.emulator.EmulatedTunnel;
import io.culvert.emulator.registry.RotationMode;
import io.culvert.emulator.shape.Reframing;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a tunnel tells its listener when it cannot go on. */
class TunnelStatesTest extends TunnelFixture {

  @Test
  void aRefusedFirstHandshakeFailsWithStatusAndChannelId() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    tunnel.faults(SOURCE).failHandshakes(403, 1);
    openSource(tunnel);

    TunnelFailure failure = failed(ErrorCode.REFUSED);
    assertThat(failure.httpStatus()).isEqualTo(403);
    assertThat(failure.channelId()).isEqualTo(emulator.refusals().get(0).channelId());
    assertThat(failure.toString()).contains("CLV-REFUSED", "403", "channel-id");
    assertThat(source.states()).containsExactly(TunnelState.CONNECTING, TunnelState.FAILED);
    assertThat(emulator.refusals()).hasSize(1);
  }

  @Test
  void aRefusalAfterATryThatMayBeRepeatedIsStillTheFirst() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    tunnel.close();
    openSource(tunnel);

    failed(ErrorCode.REFUSED);
  }

  static Stream<Named<Consumer<EmulatedTunnel>>> ends() {
    return Stream.of(
        Named.of("closed", EmulatedTunnel::close),
        Named.of("rotated", tunnel -> tunnel.rotate(RotationMode.ALL)));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void aRefusalAfterASuccessIsANormalEnd(Consumer<EmulatedTunnel> end) throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openBoth(tunnel);

    end.accept(tunnel);

    for (Recorder recorder : new Recorder[] {source, destination}) {
      TunnelStatus closed = recorder.await(TunnelState.CLOSED);
      assertThat(closed.failure()).isNotNull();
      assertThat(closed.failure().code()).isEqualTo(ErrorCode.ENDED);
      assertThat(closed.failure().httpStatus()).isBetween(400, 499);
      assertThat(closed.failure().channelId()).isNotEmpty();
      assertThat(recorder.states())
          .containsExactly(
              TunnelState.CONNECTING,
              TunnelState.CONNECTED,
              TunnelState.RECONNECTING,
              TunnelState.CLOSED);
    }
  }

  @Test
  void aServiceThatIsNotTrustedFailsAtOnce() throws Exception {
    manager.remove("ca.path");
    openSource(emulator.openTunnel("SSH"));

    failed(ErrorCode.TLS_TRUST);
    assertThat(source.states()).containsExactly(TunnelState.CONNECTING, TunnelState.FAILED);
  }

  @Test
  void retriesThatAreUsedUpFail() throws Exception {
    manager.put("retry.count", 2);
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    tunnel.faults(SOURCE).failHandshakes(503, 10);
    openSource(tunnel);

    TunnelFailure failure = failed(ErrorCode.RETRIES);
    assertThat(failure.message()).contains("2 retries", "CLV-HANDSHAKE", "503");
    assertThat(failure.httpStatus()).isEqualTo(503);
    assertThat(emulator.refusals()).hasSize(3);
    assertThat(source.states()).containsExactly(TunnelState.CONNECTING, TunnelState.FAILED);
  }

  @Test
  void noRetriesMeanOneAttempt() throws Exception {
    manager.put("retry.count", 0);
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    tunnel.faults(SOURCE).failHandshakes(503, 10);
    openSource(tunnel);

    failed(ErrorCode.RETRIES);
    assertThat(emulator.refusals()).hasSize(1);
  }

  @Test
  void aDestinationWithoutMappingsFailsAndNamesTheServices() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH", "WEB", "DB");
    gateway()
        .open(
            spec(tunnel, TunnelMode.DESTINATION, Map.of("SSH", application.endpoint()), null),
            source);

    assertThat(failed(ErrorCode.SERVICES).message()).contains("service WEB, DB of");
    assertThat(source.states()).containsExactly(TunnelState.CONNECTING, TunnelState.FAILED);
    assertThat(tunnel.awaitDisconnected(DESTINATION, PATIENCE)).isTrue();
  }

  @Test
  void aMappingWithoutAServiceWarnsOrFailsAsConfigured() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    Map<String, String> services = Map.of("SSH", "0", "EXTRA", "0");
    gateway().open(spec(tunnel, TunnelMode.SOURCE, services, null), destination);
    destination.awaitConnected(1);
    assertThat(logs.warnings()).anyMatch(line -> line.contains("EXTRA"));

    streams.put("strict.services", true);
    EmulatedTunnel other = emulator.openTunnel("SSH");
    newGateway().open(spec(other, TunnelMode.SOURCE, services, null), source);
    assertThat(failed(ErrorCode.SERVICES).message()).contains("EXTRA");
  }

  @Test
  void v1CannotCarryThreeServices() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("A", "B", "C");
    gateway().open(spec(tunnel, TunnelMode.SOURCE, Map.of(), ProtocolVersion.V1), source);

    assertThat(failed(ErrorCode.SERVICES).message()).contains("V1");
  }

  @Test
  void servicesThatAreNotNamedInTimeAreALoss() throws Exception {
    manager.put("services.timeout", 100L);
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    tunnel.faults(SOURCE).reframe(Reframing.BYTE, 1).rate(1);
    openSource(tunnel);

    TunnelStatus lost = source.await(TunnelState.RECONNECTING);
    assertThat(lost.failure()).isNotNull();
    assertThat(lost.failure().code()).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(lost.failure().message()).contains("100 ms");
    assertThat(lost.services()).isEmpty();

    tunnel.faults(SOURCE).reframe(Reframing.NONE, 1).rate(0);
    source.await(TunnelState.CONNECTED);
    assertThat(source.states())
        .containsExactly(TunnelState.CONNECTING, TunnelState.RECONNECTING, TunnelState.CONNECTED);
  }

  @Test
  void aPortInUseIsSaidAndTriedAgainWhileOtherServicesWork() throws Exception {
    streams.put("tcp.retry.count", -1);
    EmulatedTunnel tunnel = emulator.openTunnel("SSH", "WEB");
    openDestination(tunnel);
    destination.awaitConnected(1);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      gateway().open(spec(tunnel, TunnelMode.SOURCE, Map.of("SSH", port), null), source);

      TunnelStatus status = source.await(it -> failureOf(it, "SSH") != null);
      assertThat(failureOf(status, "SSH"))
          .extracting(TunnelFailure::code)
          .isEqualTo(ErrorCode.LISTEN);
      assertThat(failureOf(status, "SSH").message()).contains("localhost:" + port);
      echoClient("WEB").echo(1000, 1);
    }
    echoClient("SSH").echo(1000, 2);
    assertThat(failureOf(status(TunnelMode.SOURCE), "SSH")).isNull();
  }

  @Test
  void anApplicationThatIsNotThereIsInTheStatus() throws Exception {
    streams.put("tcp.retry.count", 0);
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    Map<String, String> services = Map.of("SSH", "127.0.0.1:" + port);
    gateway().open(spec(tunnel, TunnelMode.DESTINATION, services, null), destination);
    openSource(tunnel);
    destination.awaitConnected(1);

    client("SSH").awaitEnd();

    TunnelStatus status = destination.await(it -> failureOf(it, "SSH") != null);
    assertThat(failureOf(status, "SSH").code()).isEqualTo(ErrorCode.DESTINATION);
    assertThat(status.state()).isEqualTo(TunnelState.CONNECTED);
  }

  private static TunnelFailure failureOf(TunnelStatus status, String service) {
    return status.services().stream()
        .filter(it -> it.serviceId().equals(service))
        .map(ServiceStatus::failure)
        .filter(it -> it != null)
        .findFirst()
        .orElse(null);
  }

  private TunnelFailure failed(ErrorCode code) throws Exception {
    TunnelStatus status = source.await(TunnelState.FAILED);
    assertThat(status.failure()).isNotNull();
    assertThat(status.failure().code()).isEqualTo(code);
    assertThat(status.failure().message()).doesNotContain("\n");
    assertThat(source.all().get(source.all().size() - 1)).isEqualTo(status);
    return status.failure();
  }
}
