// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import static io.culvert.emulator.Messages.data;
import static io.culvert.emulator.Messages.framed;
import static io.culvert.emulator.Messages.of;
import static io.culvert.emulator.Messages.streamStart;
import static io.culvert.emulator.registry.TunnelEnd.DESTINATION;
import static io.culvert.emulator.registry.TunnelEnd.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.journal.Violation;
import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.proto.Message;
import io.culvert.proto.Message.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule that clients must keep: who breaks it is closed with 1002, and nobody else. */
@ExtendWith(LeakCheck.class)
class ViolationTest {
  private static final int PROTOCOL_ERROR = 1002;
  private static final Duration LONG = Duration.ofSeconds(30);

  private Emulator emulator;
  private EmulatedTunnel tunnel;

  @BeforeEach
  void start() throws Exception {
    emulator = Emulator.builder().start();
    tunnel = emulator.openTunnel("SSH", "HTTP");
  }

  @AfterEach
  void stop() {
    emulator.close();
  }

  static Stream<Arguments> badMessages() {
    byte[] withUnknownField = {8, 1, 16, 1, 64, 1}; // DATA, stream 1, field 8 = 1
    byte[] withWrongWireType = {8, 1, 21, 1, 0, 0, 0}; // stream id as fixed32
    byte[] ignorableUnknownWithBadService = {8, 9, 24, 1, 42, 1, 'X'};
    return Stream.of(
        row(SOURCE, new byte[] {8}, "unparseable"),
        row(SOURCE, new byte[] {7}, "unparseable"),
        row(SOURCE, new byte[] {34, 5, 1}, "unparseable"),
        row(SOURCE, new byte[] {42, 1, (byte) 0xff}, "unparseable"),
        row(SOURCE, withUnknownField, "unknown field 8"),
        row(SOURCE, withWrongWireType, "unknown field 2"),
        row(SOURCE, new byte[] {16, 1}, "type UNKNOWN"),
        row(SOURCE, new byte[] {8, 9, 16, 1}, "type 9"),
        row(SOURCE, ignorableUnknownWithBadService, "service id"),
        row(SOURCE, of(Type.SERVICE_IDS, "", 0, 0), "client sent SERVICE_IDS"),
        row(DESTINATION, of(Type.SESSION_RESET, "", 0, 0), "client sent SESSION_RESET"),
        row(DESTINATION, streamStart("SSH", 1), "destination sent STREAM_START"),
        row(DESTINATION, of(Type.CONNECTION_START, "SSH", 1, 2), "sent CONNECTION_START"),
        row(SOURCE, streamStart("SSH", 0), "stream id 0"),
        row(DESTINATION, of(Type.CONNECTION_RESET, "SSH", 0, 1), "stream id 0"),
        row(DESTINATION, data("SSH", 1, new byte[64513]), "payload of 64513"),
        row(
            SOURCE,
            streamStart("SSH", 1).toBuilder().addAvailableServiceIds("SSH").build(),
            "available service ids"),
        row(SOURCE, streamStart("FTP", 1), "service id is not in the tunnel"),
        row(SOURCE, data("SSH", 1, new byte[1]), "DATA of a service without STREAM_START"),
        row(SOURCE, of(Type.CONNECTION_START, "SSH", 1, 2), "without STREAM_START"));
  }

  private static Arguments row(TunnelEnd end, Message message, String reason) {
    return row(end, message.toByteArray(), reason);
  }

  private static Arguments row(TunnelEnd end, byte[] message, String reason) {
    return Arguments.of(end, message, reason);
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("badMessages")
  void badMessageClosesItsSender(TunnelEnd end, byte[] message, String reason) throws Exception {
    try (RawClient bad = RawClient.open(emulator, tunnel, end);
        RawClient bystander = RawClient.open(emulator, tunnel, end.other())) {
      bad.sendBinary(framed(message));
      assertClosed(bad, end, reason);
      assertThat(tunnel.isConnected(end.other())).isTrue();
      bystander.sendFrame(true, RawFrame.PING, new byte[] {1});
      assertThat(bystander.readMessage().getType()).isEqualTo(Type.SERVICE_IDS);
      assertThat(bystander.readFrame().opcode())
          .as("nothing was passed on")
          .isEqualTo(RawFrame.PONG);
    }
  }

  @Test
  void emptyFrameIsAViolation() throws Exception {
    try (RawClient source = RawClient.open(emulator, tunnel, SOURCE)) {
      source.sendBinary(new byte[] {0, 0});
      assertClosed(source, SOURCE, "empty");
    }
  }

  @Test
  void textMessageIsAViolation() throws Exception {
    try (RawClient source = RawClient.open(emulator, tunnel, SOURCE)) {
      source.sendFrame(true, RawFrame.TEXT, "hello".getBytes(StandardCharsets.UTF_8));
      assertClosed(source, SOURCE, "text");
    }
  }

  @Test
  void webSocketMessageLengthIsBounded() throws Exception {
    try (RawClient source = RawClient.open(emulator, tunnel, SOURCE)) {
      byte[] start = framed(streamStart("SSH", 1));
      byte[] half = framed(data("SSH", 1, new byte[60_000]));
      int overhead = framed(data("SSH", 1, new byte[10_000])).length - 10_000;
      int rest = 131076 - start.length - 2 * half.length - overhead;
      byte[] last = framed(data("SSH", 1, new byte[rest]));
      byte[] longest = Messages.concatenated(List.of(start, half, half, last));
      assertThat(longest).hasSize(131076);
      source.sendBinary(longest);
      source.sendBinary(new byte[131077]);
      assertClosed(source, SOURCE, "over 131076");
      assertThat(tunnel.traffic(SOURCE).payloadBytes()).isEqualTo(120_000 + rest);
    }
  }

  @Test
  void fragmentsCountTogether() throws Exception {
    try (RawClient source = RawClient.open(emulator, tunnel, SOURCE)) {
      byte[] all =
          Messages.concatenated(
              List.of(
                  framed(streamStart("SSH", 1)),
                  framed(data("SSH", 1, new byte[60_000])),
                  framed(data("SSH", 1, new byte[60_000])),
                  framed(data("SSH", 1, new byte[60_000]))));
      source.sendFrame(false, RawFrame.BINARY, Arrays.copyOfRange(all, 0, 100_000));
      source.sendFrame(true, RawFrame.CONTINUATION, Arrays.copyOfRange(all, 100_000, all.length));
      assertClosed(source, SOURCE, "over 131076");
    }
  }

  @Test
  void unmaskedFrameIsAViolation() throws Exception {
    try (RawClient source = RawClient.open(emulator, tunnel, SOURCE)) {
      source.output().write(new byte[] {(byte) 0x82, 1, 0});
      assertClosed(source, SOURCE, "malformed WebSocket frame");
    }
  }

  @Test
  void servicesMayNotAppearOrVanishWithinASession() throws Exception {
    try (RawClient source = RawClient.open(emulator, tunnel, SOURCE)) {
      source.send(streamStart("", 1));
      source.send(data("SSH", 1, new byte[1]));
      assertClosed(source, SOURCE, "presence");
    }
  }

  @Test
  void answerMustHaveTheFormOfTheStream() throws Exception {
    try (RawClient source = RawClient.open(emulator, tunnel, SOURCE);
        RawClient destination = RawClient.open(emulator, tunnel, DESTINATION)) {
      source.send(streamStart("SSH", 1));
      destination.readMessage();
      destination.readMessage();
      destination.send(data("", 1, new byte[1]));
      assertClosed(destination, DESTINATION, "answer without service id");
    }
  }

  @Test
  void dataAfterTheOwnStreamResetIsAViolation() throws Exception {
    try (RawClient source = RawClient.open(emulator, tunnel, SOURCE)) {
      source.send(streamStart("SSH", 1));
      source.send(data("SSH", 1, new byte[1]));
      source.send(of(Type.STREAM_RESET, "SSH", 1, 0));
      source.send(data("SSH", 1, new byte[1]));
      assertClosed(source, SOURCE, "DATA of a service without STREAM_START");
    }
  }

  @Test
  void goodTrafficOfAllVersionsIsNoViolation() throws Exception {
    try (RawClient source = RawClient.open(emulator, tunnel, SOURCE);
        RawClient destination = RawClient.open(emulator, tunnel, DESTINATION)) {
      source.send(streamStart("SSH", 1));
      source.send(of(Type.CONNECTION_START, "SSH", 1, 2));
      source.send(data("SSH", 1, new byte[64512]));
      source.sendBinary(framed(new byte[] {8, 99, 24, 1})); // unknown type, ignorable
      destination.send(data("SSH", 1, new byte[64512]));
      destination.send(of(Type.CONNECTION_RESET, "SSH", 1, 2));
      destination.send(of(Type.STREAM_RESET, "SSH", 1, 0));
      source.send(data("SSH", 1, new byte[1])); // was in flight
      source.send(streamStart("HTTP", Integer.MAX_VALUE));
      source.sendFrame(true, RawFrame.PING, new byte[0]);
      RawFrame frame = source.readFrame();
      while (frame.opcode() != RawFrame.PONG) {
        frame = source.readFrame();
      }
    }
    assertThat(emulator.violations()).isEmpty();
  }

  private void assertClosed(RawClient client, TunnelEnd end, String reason) throws Exception {
    RawFrame close = client.readClose();
    assertThat(close.closeCode()).isEqualTo(PROTOCOL_ERROR);
    assertThat(close.closeReason()).contains(reason);
    assertThat(client.isAtEnd()).isTrue();
    assertThat(tunnel.awaitDisconnected(end, LONG)).isTrue();
    assertThat(tunnel.violations())
        .containsExactly(new Violation(tunnel.id(), end, tunnel.violations().get(0).reason()));
    assertThat(emulator.violations()).isEqualTo(tunnel.violations());
  }
}
