// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ProtocolVersion;
import io.culvert.api.ServiceStatus;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelState;
import io.culvert.emulator.EmulatedTunnel;
import io.culvert.emulator.shape.Reframing;
import io.culvert.wire.MessageType;
import io.culvert.wire.TunnelMessage;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ends of a tunnel, the emulated service between them, and real local sockets. */
class EndToEndTest extends TunnelFixture {
  private static final int MANY = 1_000_000;

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void bytesComeBackIntactInEachVersion(ProtocolVersion version) throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openDestination(tunnel);
    gateway().open(spec(tunnel, TunnelMode.SOURCE, Map.of(), version), source);
    destination.awaitConnected(1);

    echoClient("SSH").echo(MANY, 1);

    ServiceStatus service = status(TunnelMode.DESTINATION).services().get(0);
    assertThat(service.version()).isEqualTo(version);
    assertThat(service.bytesReceived()).isEqualTo(MANY);
    assertThat(service.bytesSent()).isEqualTo(MANY + 1);
    assertThat(service.totalConnections()).isEqualTo(1);
    assertThat(status(TunnelMode.SOURCE).services().get(0).version()).isEqualTo(version);
    assertThat(source.states()).containsExactly(TunnelState.CONNECTING, TunnelState.CONNECTED);
    assertThat(destination.states()).containsExactly(TunnelState.CONNECTING, TunnelState.CONNECTED);
  }

  @ParameterizedTest
  @EnumSource(Reframing.class)
  void bytesComeBackIntactThroughEachReframing(Reframing mode) throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    tunnel.faults(SOURCE).reframe(mode, 7);
    tunnel.faults(DESTINATION).reframe(mode, 8);
    openBoth(tunnel);

    echoClient("SSH").echo(mode == Reframing.BYTE ? 3_000 : MANY, 2);
  }

  @Test
  void threeServicesCarryManyConnectionsAtOnce() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("A", "B", "C");
    Map<String, String> services =
        Map.of(
            "A", closing(new EchoServer('A')).endpoint(),
            "B", closing(new EchoServer('B')).endpoint(),
            "C", closing(new EchoServer('C')).endpoint());
    gateway().open(spec(tunnel, TunnelMode.DESTINATION, services, null), destination);
    openSource(tunnel);
    destination.awaitConnected(1);
    ExecutorService executor = Executors.newCachedThreadPool();
    try {
      List<Future<?>> transfers = new ArrayList<>();
      for (String service : tunnel.services()) {
        for (int i = 0; i < 4; i++) {
          LocalClient client = client(service).greeted(service.charAt(0));
          transfers.add(
              executor.submit(
                  () -> {
                    client.echo(100_000, service.hashCode());
                    return null;
                  }));
        }
      }
      for (Future<?> transfer : transfers) {
        transfer.get(60, TimeUnit.SECONDS);
      }
    } finally {
      executor.shutdownNow();
    }

    assertThat(status(TunnelMode.SOURCE).services())
        .extracting(ServiceStatus::serviceId)
        .containsExactly("A", "B", "C");
    assertThat(status(TunnelMode.SOURCE).services())
        .allSatisfy(service -> assertThat(service.totalConnections()).isEqualTo(4));
  }

  @Test
  void aTunnelWithoutServiceIdsUsesTheMappingWithoutId() throws Exception {
    openBoth(emulator.openTunnel());

    echoClient("").echo(100_000, 3);
  }

  @Test
  void aSourceFallsBackToV2InPlace() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openDestination(tunnel, ProtocolVersion.V2);
    openSource(tunnel);
    destination.awaitConnected(1);

    echoClient("SSH").echo(MANY, 4);

    assertThat(status(TunnelMode.SOURCE).services().get(0).version()).isEqualTo(ProtocolVersion.V2);
    assertThat(status(TunnelMode.SOURCE).connects()).isEqualTo(1);
  }

  @Test
  void aSourceFallsBackToV1InANewSession() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openBoth(tunnel);
    LocalClient first = echoClient("SSH");
    assertThat(tunnel.awaitSent(SOURCE, MessageType.STREAM_START, 1, PATIENCE)).isTrue();

    tunnel
        .faults(SOURCE)
        .inject(
            TunnelMessage.data(
                "", lastStreamId(), 0, Unpooled.copiedBuffer("answer", StandardCharsets.US_ASCII)));
    source.awaitConnected(2);
    first.awaitEnd();

    echoClient("SSH").echo(MANY, 5);
    assertThat(status(TunnelMode.SOURCE).services().get(0).version()).isEqualTo(ProtocolVersion.V1);
    assertThat(status(TunnelMode.DESTINATION).services().get(0).version())
        .isEqualTo(ProtocolVersion.V1);
  }

  @Test
  void configuredMappingsServeTunnelsThatNameNone() throws Exception {
    mappings.put("destinations", new String[] {"SSH=" + application.endpoint()});
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    gateway().open(spec(tunnel, TunnelMode.DESTINATION, Map.of(), null), destination);
    openSource(tunnel);
    destination.awaitConnected(1);

    echoClient("SSH").echo(1000, 6);
  }

  @Test
  void theRoundTripOfPingsIsInTheStatus() throws Exception {
    manager.put("ping.period", CALM_PING);
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openSource(tunnel);
    source.awaitConnected(1);

    await(() -> status(TunnelMode.SOURCE).roundTrip() != null);
    assertThat(status(TunnelMode.SOURCE).roundTrip()).isPositive();
    assertThat(status(TunnelMode.SOURCE).channelId())
        .isEqualTo(tunnel.lastHandshake(SOURCE).orElseThrow().channelId());
  }

  private int lastStreamId() {
    Pattern start = Pattern.compile("send STREAM_START service=SSH stream=([0-9]+)");
    int id = 0;
    for (String line : logs.lines()) {
      Matcher matcher = start.matcher(line);
      if (matcher.find()) {
        id = Integer.parseInt(matcher.group(1));
      }
    }
    return id;
  }
}
