// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import static io.culvert.emulator.Messages.of;
import static io.culvert.emulator.Messages.streamStart;
import static io.culvert.emulator.registry.TunnelEnd.DESTINATION;
import static io.culvert.emulator.registry.TunnelEnd.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.emulator.registry.TokenPolicy;
import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.proto.Message.Type;
import io.culvert.wire.MessageType;
import io.culvert.wire.TunnelMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault as the client sees it. */
@ExtendWith(LeakCheck.class)
class FaultsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int SILENCE_MILLIS = 200;

  private Emulator emulator;
  private EmulatedTunnel tunnel;

  @BeforeEach
  void start() throws Exception {
    emulator = Emulator.builder().tokenPolicy(TokenPolicy.REUSABLE).start();
    tunnel = emulator.openTunnel("SSH");
  }

  @AfterEach
  void stop() {
    assertThat(emulator.violations()).isEmpty();
    emulator.close();
  }

  @Test
  void cutEndsTheConnectionWithoutACloseFrame() throws Exception {
    try (RawClient source = open(SOURCE)) {
      tunnel.faults(SOURCE).cut();
      assertThat(source.isAtEnd()).isTrue();
      assertThat(tunnel.isConnected(SOURCE)).isFalse();
    }
  }

  @Test
  void whatIsInForceAtAClientEndsWithIt() throws Exception {
    try (RawClient source = open(SOURCE)) {
      assertThat(tunnel.faults(SOURCE).stallReads().inForce()).containsExactly("not read");
      assertThat(tunnel.faults(SOURCE).stallWrites().inForce()).containsExactly("stalled");
      assertThat(tunnel.faults(SOURCE).resume().inForce()).isEmpty();
      assertThat(tunnel.faults(SOURCE).loseSilently().inForce()).containsExactly("lost");
      tunnel.faults(SOURCE).cut();
      assertThat(source.isAtEnd()).isTrue();
      assertThat(tunnel.faults(SOURCE).inForce()).isEmpty();
    }
    assertThat(tunnel.faults(SOURCE).resumeIfConnected().inForce()).isEmpty();
  }

  @Test
  void resetIsATcpReset() throws Exception {
    try (RawClient source = open(SOURCE)) {
      tunnel.faults(SOURCE).reset();
      assertThatThrownBy(source::isAtEnd).isInstanceOf(SocketException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1011, 1012, 4000})
  void closeSendsCodeAndReason(int code) throws Exception {
    try (RawClient source = open(SOURCE)) {
      tunnel.faults(SOURCE).close(code, "because " + "\u00e4".repeat(100));
      RawFrame close = source.readClose();
      assertThat(close.closeCode()).isEqualTo(code);
      assertThat(close.closeReason()).startsWith("because \u00e4");
      assertThat(close.payload()).hasSizeLessThanOrEqualTo(125);
      assertThat(source.isAtEnd()).isTrue();
    }
  }

  @Test
  void closeDoesNotWaitForAClientThatDoesNotAnswer() throws Exception {
    try (RawClient source = open(SOURCE)) {
      tunnel.faults(SOURCE).close(1000, "");
      assertThat(source.readFrame().opcode()).isEqualTo(RawFrame.CLOSE);
      assertThat(source.isAtEnd()).isTrue();
    }
  }

  @Test
  void stalledReadsResume() throws Exception {
    try (RawClient source = open(SOURCE);
        RawClient destination = open(DESTINATION)) {
      tunnel.faults(SOURCE).stallReads();
      source.send(streamStart("SSH", 1));
      assertSilence(destination);
      assertThat(tunnel.traffic(SOURCE).sent(MessageType.STREAM_START)).isZero();
      tunnel.faults(SOURCE).resume();
      assertThat(destination.readMessage()).isEqualTo(streamStart("SSH", 1));
    }
  }

  @Test
  void stalledWritesResume() throws Exception {
    try (RawClient source = open(SOURCE);
        RawClient destination = open(DESTINATION)) {
      tunnel.faults(DESTINATION).stallWrites();
      source.send(streamStart("SSH", 1));
      destination.send(of(Type.STREAM_RESET, "SSH", 1, 0));
      assertThat(source.readMessage().getType()).isEqualTo(Type.STREAM_RESET);
      assertSilence(destination);
      tunnel.faults(DESTINATION).resume();
      assertThat(destination.readMessage()).isEqualTo(streamStart("SSH", 1));
    }
  }

  @Test
  void silentLossIsHeardByNobody() throws Exception {
    try (RawClient source = open(SOURCE);
        RawClient destination = open(DESTINATION)) {
      tunnel.faults(DESTINATION).loseSilently();
      source.send(streamStart("SSH", 1));
      destination.sendFrame(true, RawFrame.PING, new byte[] {1});
      assertThat(tunnel.awaitSent(SOURCE, MessageType.STREAM_START, 1, LONG)).isTrue();
      assertSilence(destination);
      assertSilence(source);
      assertThat(tunnel.isConnected(DESTINATION)).isTrue();
      try (RawClient again = open(DESTINATION)) {
        tunnel
            .faults(DESTINATION)
            .inject(TunnelMessage.control(MessageType.SESSION_RESET, "", 0, 0));
        assertThat(again.readMessage().getType()).isEqualTo(Type.SESSION_RESET);
      }
    }
  }

  @Test
  void pingsAreIgnoredOnRequest() throws Exception {
    try (RawClient source = open(SOURCE)) {
      tunnel.faults(SOURCE).ignorePings(true);
      source.sendFrame(true, RawFrame.PING, new byte[] {1});
      assertSilence(source);
      tunnel.faults(SOURCE).ignorePings(false);
      source.sendFrame(true, RawFrame.PING, new byte[] {2});
      assertThat(source.readFrame()).extracting(RawFrame::payload).isEqualTo(new byte[] {2});
      assertThat(tunnel.traffic(SOURCE).pings()).isEqualTo(2);
    }
  }

  @Test
  void injectedMessagesArrive() throws Exception {
    try (RawClient source = open(SOURCE)) {
      tunnel
          .faults(SOURCE)
          .inject(TunnelMessage.control(MessageType.STREAM_START, "SSH", 5, 1))
          .injectFrame(new byte[] {8, 99, 24, 1})
          .injectWebSocketFrame(new TextWebSocketFrame("text"));
      assertThat(source.readMessage()).isEqualTo(streamStart("SSH", 5));
      assertThat(source.readMessage().getTypeValue()).isEqualTo(99);
      RawFrame text = source.readFrame();
      assertThat(text.opcode()).isEqualTo(RawFrame.TEXT);
      assertThat(new String(text.payload(), StandardCharsets.UTF_8)).isEqualTo("text");
    }
  }

  @Test
  void faultOfAConnectionNeedsOne() {
    assertThatThrownBy(() -> tunnel.faults(SOURCE).cut())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("SOURCE");
    TextWebSocketFrame frame = new TextWebSocketFrame("text");
    assertThatThrownBy(() -> tunnel.faults(SOURCE).injectWebSocketFrame(frame))
        .isInstanceOf(IllegalStateException.class);
    assertThat(frame.refCnt()).isZero();
  }

  @Test
  void injectedPayloadIsTakenOverEvenIfTheEmulatorIsClosed() {
    ByteBuf forNobody = Unpooled.copiedBuffer(new byte[] {1});
    tunnel.faults(SOURCE).inject(TunnelMessage.data("SSH", 1, 1, forNobody));
    assertThat(forNobody.refCnt()).isZero();
    emulator.close();
    ByteBuf tooLate = Unpooled.copiedBuffer(new byte[] {1});
    TunnelMessage message = TunnelMessage.data("SSH", 1, 1, tooLate);
    assertThatThrownBy(() -> tunnel.faults(SOURCE).inject(message))
        .isInstanceOf(IllegalStateException.class);
    assertThat(tooLate.refCnt()).isZero();
  }

  private RawClient open(TunnelEnd end) throws Exception {
    RawClient client = RawClient.open(emulator, tunnel, end);
    assertThat(client.readMessage().getType()).isEqualTo(Type.SERVICE_IDS);
    return client;
  }

  private static void assertSilence(RawClient client) throws IOException {
    client.readTimeout(SILENCE_MILLIS);
    assertThatThrownBy(client::readFrame).isInstanceOf(SocketTimeoutException.class);
    client.readTimeout((int) LONG.toMillis());
  }
}
