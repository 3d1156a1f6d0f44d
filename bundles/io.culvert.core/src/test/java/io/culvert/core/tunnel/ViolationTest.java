// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.emulator.EmulatedTunnel;
import io.culvert.emulator.Faults;
import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.wire.MessageType;
import io.culvert.wire.TunnelMessage;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A service that breaks the protocol, or does what looks like it. */
class ViolationTest extends TunnelFixture {
  private static final int MAX_WEB_SOCKET_PAYLOAD = 131_076;

  static Stream<Arguments> violations() {
    return Stream.of(TunnelEnd.values())
        .flatMap(end -> kinds().map(violation -> Arguments.of(end, violation)));
  }

  private static Stream<Named<Consumer<Faults>>> kinds() {
    return Stream.of(
        Named.of("garbage", faults -> faults.injectFrame(bytes(0xff, 0xff, 0xff, 0xff))),
        Named.of("half a message", faults -> faults.injectFrame(bytes(0x08, 0x01, 0x22, 0x05))),
        Named.of("type 0", faults -> faults.injectFrame(bytes(0x08, 0x00, 0x10, 0x01))),
        Named.of("no type", faults -> faults.injectFrame(bytes(0x10, 0x01))),
        Named.of("unknown type", faults -> faults.injectFrame(bytes(0x08, 0x63, 0x10, 0x01))),
        Named.of("empty frame", faults -> faults.injectBytes(bytes(0, 0))),
        Named.of(
            "payload too long",
            faults ->
                faults.inject(
                    TunnelMessage.data("SSH", 1, 1, Unpooled.wrappedBuffer(new byte[64_513])))),
        Named.of(
            "text frame", faults -> faults.injectWebSocketFrame(new TextWebSocketFrame("hello"))),
        Named.of(
            "WebSocket frame too long",
            faults ->
                faults.injectWebSocketFrame(
                    new BinaryWebSocketFrame(
                        Unpooled.wrappedBuffer(new byte[MAX_WEB_SOCKET_PAYLOAD + 1])))));
  }

  @ParameterizedTest
  @MethodSource("violations")
  void eachViolationCostsOneReconnect(TunnelEnd end, Consumer<Faults> violation) throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openBoth(tunnel);
    LocalClient first = echoClient("SSH");
    first.echo(1000, 1);

    violation.accept(tunnel.faults(end));
    (end == SOURCE ? source : destination).awaitConnected(2);
    first.awaitEnd();
    echoClient("SSH").echo(1000, 2);

    TunnelStatus hit = status(end == SOURCE ? TunnelMode.SOURCE : TunnelMode.DESTINATION);
    assertThat(hit.connects()).isEqualTo(2);
    assertThat(hit.violations()).isEqualTo(1);
    TunnelStatus other = status(end == SOURCE ? TunnelMode.DESTINATION : TunnelMode.SOURCE);
    assertThat(other.connects()).isEqualTo(1);
    assertThat(other.violations()).isZero();
    assertThat(logs.warnings()).filteredOn(line -> line.contains("CLV-PROTOCOL")).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(TunnelEnd.class)
  void whatMayBeIgnoredCostsNothing(TunnelEnd end) throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH", "WEB");
    openBoth(tunnel);
    LocalClient open = echoClient("SSH");

    tunnel
        .faults(end)
        .injectFrame(bytes(0x08, 0x63, 0x18, 0x01))
        // Field 15, which no version has.
        .injectFrame(bytes(0x08, 0x03, 0x10, 0x07, 0x78, 0x01))
        .inject(TunnelMessage.serviceIds(List.of("SSH", "WEB")));
    open.echo(1000, 1);

    assertUntouched();
  }

  @ParameterizedTest
  @EnumSource(TunnelEnd.class)
  void staleAndUnknownIdsCostNothing(TunnelEnd end) throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH", "WEB");
    openBoth(tunnel);
    LocalClient open = echoClient("SSH");
    LocalClient other = echoClient("WEB");

    Faults faults = tunnel.faults(end);
    for (String service : List.of("SSH", "WEB", "UNKNOWN")) {
      faults.inject(data(service, 7, 1)).inject(data(service, 7, 9));
      for (MessageType type : List.of(MessageType.CONNECTION_RESET, MessageType.STREAM_RESET)) {
        faults.inject(TunnelMessage.control(type, service, 7, 1));
      }
    }
    faults.inject(TunnelMessage.control(MessageType.STREAM_START, "UNKNOWN", 7, 1));
    faults.inject(TunnelMessage.control(MessageType.CONNECTION_START, "UNKNOWN", 7, 2));
    open.echo(1000, 1);
    other.echo(1000, 2);

    assertUntouched();
    TunnelStatus hit = status(end == SOURCE ? TunnelMode.SOURCE : TunnelMode.DESTINATION);
    assertThat(hit.droppedMessages()).isEqualTo(14);
  }

  @ParameterizedTest
  @EnumSource(TunnelEnd.class)
  void aSessionResetEndsConnectionsAndNothingElse(TunnelEnd end) throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH", "WEB");
    openBoth(tunnel);
    LocalClient first = echoClient("SSH");
    LocalClient second = echoClient("WEB");

    tunnel.faults(end).inject(TunnelMessage.control(MessageType.SESSION_RESET, "", 0, 0));
    if (end == SOURCE) {
      first.awaitEnd();
      second.awaitEnd();
    } else {
      await(
          () ->
              status(TunnelMode.DESTINATION).services().stream()
                  .allMatch(service -> service.connections() == 0));
    }

    echoClient("SSH").echo(1000, 1);
    echoClient("WEB").echo(1000, 2);
    assertUntouched();
  }

  @Test
  void anAnnouncementThatDiffersIsAppliedAsADifference() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH", "WEB");
    openBoth(tunnel);
    LocalClient stays = echoClient("SSH");
    LocalClient goes = echoClient("WEB");

    tunnel.faults(SOURCE).inject(TunnelMessage.serviceIds(List.of("SSH")));
    goes.awaitEnd();

    stays.echo(1000, 1);
    assertThat(status(TunnelMode.SOURCE).services()).hasSize(1);
    assertUntouched();
  }

  private void assertUntouched() {
    for (TunnelMode mode : TunnelMode.values()) {
      assertThat(status(mode).connects()).isEqualTo(1);
      assertThat(status(mode).violations()).isZero();
      assertThat(status(mode).state()).isEqualTo(TunnelState.CONNECTED);
    }
  }

  private static TunnelMessage data(String service, int stream, int connection) {
    return TunnelMessage.data(
        service, stream, connection, Unpooled.wrappedBuffer(new byte[] {1, 2, 3}));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
