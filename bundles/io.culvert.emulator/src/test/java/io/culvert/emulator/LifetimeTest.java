// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import static io.culvert.emulator.registry.TunnelEnd.DESTINATION;
import static io.culvert.emulator.registry.TunnelEnd.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.emulator.registry.Destination;
import io.culvert.emulator.registry.RotationMode;
import io.culvert.emulator.registry.TunnelRegistry;
import io.culvert.emulator.registry.TunnelRequest;
import io.culvert.emulator.registry.UnknownTunnelException;
import io.culvert.emulator.time.ManualClock;
import io.culvert.emulator.time.ServiceClock;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tunnels end by themselves, and nothing is left of them. */
@ExtendWith(LeakCheck.class)
class LifetimeTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final ManualClock clock = new ManualClock();
  private Emulator emulator;
  private ApiClient api;

  @BeforeEach
  void start() throws Exception {
    emulator = Emulator.builder().controlPlane().clock(clock).start();
    api = new ApiClient(emulator);
  }

  @AfterEach
  void stop() {
    emulator.close();
  }

  @Test
  void tunnelClosesWhenItsLifetimeIsOver() throws Exception {
    EmulatedTunnel tunnel = open(HOUR);
    try (RawClient source = RawClient.open(emulator, tunnel, SOURCE)) {
      assertThat(tunnel.awaitConnected(SOURCE, LONG)).isTrue();
      clock.advance(HOUR.minus(MOMENT));
      assertThat(status(tunnel)).isEqualTo("OPEN");
      assertThat(tunnel.isConnected(SOURCE)).isTrue();
      clock.advance(MOMENT);
      assertThat(status(tunnel)).isEqualTo("CLOSED");
      assertThat(tunnel.isConnected(SOURCE)).isFalse();
      assertThat(source.readClose().closeCode()).isEqualTo(1000);
    }
    assertThat(reply(Handshake.of(tunnel, SOURCE).subprotocols(3)).status()).isEqualTo(410);
    assertThat(api.describe(tunnel.id()).path("lastUpdatedAt").asLong())
        .isEqualTo(clock.instant().getEpochSecond());
  }

  /** As on a machine that has slept: its clock has gone on, its timers have not. */
  @Test
  void timeThatTimersHaveMissedCountsWhenSomebodyAsks() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(clock.instant());
    try (Emulator slept =
        Emulator.builder().controlPlane().clock(new TimersThatMiss(now)).start()) {
      ApiClient client = new ApiClient(slept);
      EmulatedTunnel tunnel = slept.openTunnel(request(HOUR));
      EmulatedTunnel unused = slept.openTunnel(request(HOUR));
      try (RawClient source = RawClient.open(slept, tunnel, SOURCE);
          RawClient late = RawClient.connect(slept)) {
        // The client has the answer a moment before the service takes it for connected.
        assertThat(tunnel.awaitConnected(SOURCE, LONG)).isTrue();
        now.set(now.get().plus(HOUR));

        Handshake handshake = Handshake.of(tunnel, DESTINATION).subprotocols(3);
        assertThat(late.handshake(handshake).status()).isEqualTo(410);
        assertThat(source.readClose().closeCode()).isEqualTo(1000);
      }
      assertThat(unused.isOpen()).isFalse();
      assertThat(client.describe(unused.id()).path("status").asText()).isEqualTo("CLOSED");

      now.set(now.get().plus(TunnelRegistry.REMEMBERED));
      assertThat(client.call("ListTunnels", "{}").path("tunnelSummaries")).isEmpty();
      assertThat(slept.tunnels()).isEmpty();
    }
  }

  private record TimersThatMiss(AtomicReference<Instant> now) implements ServiceClock {
    @Override
    public Instant instant() {
      return now.get();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      return () -> {};
    }
  }

  @Test
  void rotationDoesNotExtendTheLifetime() throws Exception {
    EmulatedTunnel tunnel = open(HOUR);
    clock.advance(HOUR.minus(MOMENT));
    tunnel.rotate(RotationMode.ALL);
    clock.advance(MOMENT);
    assertThat(status(tunnel)).isEqualTo("CLOSED");
  }

  @Test
  void closedTunnelIsForgottenAfterThreeHours() throws Exception {
    EmulatedTunnel tunnel = open(HOUR);
    Handshake late = Handshake.of(tunnel, SOURCE).subprotocols(3);
    tunnel.close();
    clock.advance(HOUR.multipliedBy(3).minus(MOMENT));
    assertThat(status(tunnel)).isEqualTo("CLOSED");
    assertThat(api.call("ListTunnels", "{}").path("tunnelSummaries")).hasSize(1);
    clock.advance(MOMENT);
    assertThat(api.fail("DescribeTunnel", "{'tunnelId':'" + tunnel.id() + "'}"))
        .startsWith("ResourceNotFoundException");
    assertThat(api.call("ListTunnels", "{}").path("tunnelSummaries")).isEmpty();
    assertThat(emulator.tunnels()).isEmpty();
    assertThat(reply(late).status()).isEqualTo(403);
    tunnel.close();
    assertThatThrownBy(() -> tunnel.rotate(RotationMode.ALL))
        .isInstanceOf(UnknownTunnelException.class);
    assertThat(tunnel.services()).containsExactly("SSH");
  }

  @Test
  void nothingIsKeptOfAForgottenTunnel() throws Exception {
    List<WeakReference<Object>> parts = useAndForget();
    assertThat(clock.pending()).isZero();
    for (int round = 0;
        round < 50 && parts.stream().anyMatch(part -> part.get() != null);
        round++) {
      System.gc();
    }
    assertThat(parts).allSatisfy(part -> assertThat(part.get()).isNull());
  }

  /** Returns parts of the facade, of the registry and of the journal, which the relay holds. */
  private List<WeakReference<Object>> useAndForget() throws Exception {
    EmulatedTunnel tunnel = open(HOUR);
    WeakReference<Object> rotatedToken = new WeakReference<>(tunnel.accessToken(SOURCE));
    tunnel.rotate(RotationMode.ALL);
    RawClient.open(emulator, tunnel, SOURCE).close();
    assertThat(tunnel.awaitDisconnected(SOURCE, LONG)).isTrue();
    List<WeakReference<Object>> parts =
        List.of(
            rotatedToken,
            new WeakReference<>(tunnel),
            new WeakReference<>(tunnel.accessToken(SOURCE)),
            new WeakReference<>(tunnel.lastHandshake(SOURCE).orElseThrow()));
    clock.advance(HOUR.multipliedBy(4));
    return parts;
  }

  @Test
  void rotatingWithoutEndKeepsOnlyTheLastTokens() throws Exception {
    EmulatedTunnel tunnel = open(HOUR);
    Handshake first = Handshake.of(tunnel, SOURCE).subprotocols(3);
    Handshake other = Handshake.of(tunnel, DESTINATION).subprotocols(3);
    tunnel.rotate(RotationMode.SOURCE);
    assertThat(reply(first).body()).contains("rotated");
    for (int i = 0; i < 100; i++) {
      tunnel.rotate(RotationMode.SOURCE);
    }
    assertThat(reply(first).status()).isEqualTo(403);
    assertThat(reply(first).body()).doesNotContain("rotated");
    assertThat(reply(other).status()).isEqualTo(101);
    assertThat(reply(Handshake.of(tunnel, SOURCE).subprotocols(3)).status()).isEqualTo(101);
  }

  private RawReply reply(Handshake handshake) throws Exception {
    try (RawClient client = RawClient.connect(emulator)) {
      return client.handshake(handshake);
    }
  }

  @Test
  void timersEndWithTheEmulator() throws Exception {
    open(HOUR);
    open(HOUR).close();
    assertThat(clock.pending()).isEqualTo(2);
    emulator.close();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void realTimeClosesTunnelsToo() throws Exception {
    try (Emulator real = Emulator.builder().start()) {
      EmulatedTunnel tunnel = real.openTunnel(request(Duration.ofMillis(1)));
      long end = System.nanoTime() + LONG.toNanos();
      int status = 0;
      while (status != 410 && System.nanoTime() < end) {
        try (RawClient client = RawClient.connect(real)) {
          status = client.handshake(Handshake.of(tunnel, SOURCE).subprotocols(3)).status();
        }
      }
      assertThat(status).isEqualTo(410);
    }
  }

  private EmulatedTunnel open(Duration lifetime) {
    return emulator.openTunnel(request(lifetime));
  }

  private static TunnelRequest request(Duration lifetime) {
    return new TunnelRequest(null, new Destination(null, List.of("SSH")), lifetime, Map.of());
  }

  private String status(EmulatedTunnel tunnel) throws Exception {
    return api.describe(tunnel.id()).path("status").asText();
  }
}
