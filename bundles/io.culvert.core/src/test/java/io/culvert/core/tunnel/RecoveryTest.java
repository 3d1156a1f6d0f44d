// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ErrorCode;
import io.culvert.api.Tunnel;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.emulator.EmulatedTunnel;
import io.culvert.emulator.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** WebSockets that end, and tunnels that come back. */
class RecoveryTest extends TunnelFixture {

  static Stream<Named<Consumer<Faults>>> losses() {
    return Stream.concat(
        Stream.of(Named.of("cut", Faults::cut), Named.of("reset", Faults::reset)),
        Stream.of(1000, 1001, 1011, 1012, 4000)
            .map(code -> Named.of("close " + code, faults -> faults.close(code, "because"))));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aSourceComesBackOnTheSamePort(Consumer<Faults> loss) throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openBoth(tunnel);
    LocalClient before = echoClient("SSH");
    String address = status(TunnelMode.SOURCE).services().get(0).address();

    loss.accept(tunnel.faults(SOURCE));
    before.awaitEnd();
    source.awaitConnected(2);

    echoClient("SSH").echo(10_000, 1);
    TunnelStatus after = status(TunnelMode.SOURCE);
    assertThat(after.connects()).isEqualTo(2);
    assertThat(after.violations()).isZero();
    assertThat(after.failure()).isNull();
    assertThat(after.services().get(0).address()).isEqualTo(address);
    assertThat(source.states())
        .containsExactly(
            TunnelState.CONNECTING,
            TunnelState.CONNECTED,
            TunnelState.RECONNECTING,
            TunnelState.CONNECTED);
    assertThat(failures(source)).containsOnly(ErrorCode.LOST);
    assertThat(status(TunnelMode.DESTINATION).connects()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aDestinationComesBack(Consumer<Faults> loss) throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openBoth(tunnel);
    LocalClient waiting = echoClient("SSH");
    waiting.echo(10_000, 1);

    loss.accept(tunnel.faults(DESTINATION));
    destination.awaitConnected(2);

    // The service has told the source nothing, and the client only waits.
    waiting.awaitEnd();
    echoClient("SSH").echo(10_000, 2);
    assertThat(status(TunnelMode.DESTINATION).connects()).isEqualTo(2);
    assertThat(status(TunnelMode.SOURCE).connects()).isEqualTo(1);
  }

  @Test
  void theCloseCodeAndReasonAreInTheFailure() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openSource(tunnel);
    source.awaitConnected(1);

    tunnel.faults(SOURCE).close(4000, "no \u2603 today\nreally");

    TunnelFailure failure = source.await(TunnelState.RECONNECTING).failure();
    assertThat(failure).isNotNull();
    assertThat(failure.message()).contains("4000 no \u2603 todayreally").doesNotContain("\n");
  }

  static Stream<Named<Consumer<Faults>>> silences() {
    return Stream.of(
        Named.of("stalled reads", Faults::stallReads),
        Named.of("stalled writes", Faults::stallWrites),
        Named.of("silent loss", Faults::loseSilently));
  }

  @ParameterizedTest
  @MethodSource("silences")
  void silenceIsNoticedWherePongsHadBeenComing(Consumer<Faults> silence) throws Exception {
    manager.put("ping.period", 100L);
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openSource(tunnel);
    source.awaitConnected(1);
    await(() -> status(TunnelMode.SOURCE).roundTrip() != null);

    silence.accept(tunnel.faults(SOURCE));

    source.awaitConnected(2);
    assertThat(failures(source)).contains(ErrorCode.SILENT);
  }

  /** The other end pings in the same rhythm, and is answered: it tells how time goes by. */
  @Test
  void aServiceThatTakesNothingMoreIsNotSilent() throws Exception {
    manager.put("ping.period", 500L);
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openBoth(tunnel);
    await(() -> status(TunnelMode.SOURCE).roundTrip() != null);
    LocalClient client = echoClient("SSH");
    tunnel.faults(SOURCE).stallReads();
    FutureTask<Void> echo = new FutureTask<>(() -> sendAndReceive(client));
    EchoServer.start(echo);
    await(() -> status(TunnelMode.SOURCE).sending().waiting() == 1);

    long pings = tunnel.traffic(DESTINATION).pings();
    await(() -> tunnel.traffic(DESTINATION).pings() >= pings + 5);
    tunnel.faults(SOURCE).resume();

    echo.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(status(TunnelMode.SOURCE).connects()).isOne();
  }

  @Test
  void aServiceThatNeverAnswersPingsIsNotSilent() throws Exception {
    manager.put("ping.period", 100L);
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    tunnel.faults(SOURCE).ignorePings(true);
    openSource(tunnel);

    await(() -> tunnel.traffic(SOURCE).pings() >= 8);

    assertThat(status(TunnelMode.SOURCE).connects()).isEqualTo(1);
    assertThat(status(TunnelMode.SOURCE).roundTrip()).isNull();
    assertThat(source.states()).containsExactly(TunnelState.CONNECTING, TunnelState.CONNECTED);
  }

  @Test
  void anUnavailableServiceIsTriedAgain() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    tunnel.faults(DESTINATION).failHandshakes(503, 2);
    openBoth(tunnel);

    echoClient("SSH").echo(1000, 1);

    assertThat(emulator.refusals()).hasSize(2);
    assertThat(failures(destination)).containsExactly(ErrorCode.HANDSHAKE, ErrorCode.HANDSHAKE);
    assertThat(destination.states()).containsExactly(TunnelState.CONNECTING, TunnelState.CONNECTED);
    assertThat(
            destination.all().stream()
                .map(TunnelStatus::failure)
                .filter(failure -> failure != null)
                .map(TunnelFailure::httpStatus))
        .containsOnly(503);
  }

  @Test
  void anUnavailableServiceIsTriedAgainAfterALoss() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openBoth(tunnel);

    tunnel.faults(SOURCE).failHandshakes(503, 2).cut();
    source.awaitConnected(2);

    echoClient("SSH").echo(1000, 1);
    assertThat(failures(source))
        .containsExactly(ErrorCode.LOST, ErrorCode.HANDSHAKE, ErrorCode.HANDSHAKE);
  }

  @Test
  void handshakesThatAreCutAreTriedAgain() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    tunnel.faults(SOURCE).failHandshakes(0, 2);
    openSource(tunnel);

    source.awaitConnected(1);
    assertThat(emulator.refusals()).hasSize(2);
  }

  @Test
  void retryAfterOfAThrottlingServiceIsHonoured() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    tunnel.faults(SOURCE).failHandshakes(429, 1, Map.of("Retry-After", "1"));
    openSource(tunnel);

    source.awaitConnected(1);

    assertThat(failures(source)).containsExactly(ErrorCode.THROTTLED);
    assertThat(logs.warnings()).anyMatch(line -> line.contains("next attempt in 1000 ms"));
  }

  @Test
  void connectionsThatWereOfNoUseUseTheRetriesUp() throws Exception {
    manager.put("retry.count", 1);
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openSource(tunnel);
    source.awaitConnected(1);
    tunnel.faults(SOURCE).cut();
    source.awaitConnected(2);
    tunnel.faults(SOURCE).cut();

    TunnelFailure failure = source.await(TunnelState.FAILED).failure();
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(ErrorCode.RETRIES);
  }

  @Test
  void aConnectionThatWasOfUseSetsTheRetriesBack() throws Exception {
    manager.put("retry.count", 1);
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openBoth(tunnel);
    for (int connects = 1; connects < 5; connects++) {
      echoClient("SSH").echo(100, connects);
      tunnel.faults(SOURCE).cut();
      source.awaitConnected(connects + 1);
    }

    assertThat(source.states()).doesNotContain(TunnelState.FAILED);
  }

  @Test
  void aListenerThatThrowsDoesNoHarm() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    Tunnel opened =
        gateway()
            .open(
                spec(tunnel, TunnelMode.SOURCE, Map.of(), null),
                status -> {
                  source.changed(status);
                  throw new IllegalStateException("thrown by the test's listener");
                });
    source.awaitConnected(1);
    tunnel.faults(SOURCE).cut();
    source.awaitConnected(2);
    opened.close();
    source.await(TunnelState.CLOSED);

    assertThat(logs.lines()).anyMatch(line -> line.contains("thrown by the test's listener"));
  }

  private static Void sendAndReceive(LocalClient client) throws Exception {
    client.echo(4 << 20, 1);
    return null;
  }

  /** Returns the codes in their order, each once even if the status was told again. */
  private static List<ErrorCode> failures(Recorder recorder) {
    List<ErrorCode> codes = new ArrayList<>();
    TunnelFailure last = null;
    for (TunnelStatus status : recorder.all()) {
      TunnelFailure failure = status.failure();
      if (failure != null && failure != last) {
        codes.add(failure.code());
      }
      last = failure;
    }
    return codes;
  }
}
