// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import static io.culvert.emulator.Messages.data;
import static io.culvert.emulator.Messages.of;
import static io.culvert.emulator.Messages.streamStart;
import static io.culvert.emulator.registry.TunnelEnd.DESTINATION;
import static io.culvert.emulator.registry.TunnelEnd.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.registry.RotationMode;
import io.culvert.emulator.registry.TokenPolicy;
import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.emulator.relay.PeerNotice;
import io.culvert.proto.Message;
import io.culvert.proto.Message.Type;
import io.culvert.wire.MessageType;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What passes between the two ends of a tunnel, and what happens when one of them is not there. */
@ExtendWith(LeakCheck.class)
class RelayTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final byte[] HELLO = {1, 2, 3};

  private Emulator emulator;
  private EmulatedTunnel tunnel;

  private void start(EmulatorBuilder builder) throws Exception {
    emulator = builder.tokenPolicy(TokenPolicy.REUSABLE).start();
    tunnel = emulator.openTunnel("SSH", "HTTP");
  }

  @AfterEach
  void stop() {
    assertThat(emulator.violations()).isEmpty();
    emulator.close();
  }

  @Test
  void servicesAreNamedFromTheSecondVersionOn() throws Exception {
    start(Emulator.builder());
    try (RawClient third = RawClient.open(emulator, tunnel, SOURCE, 3, 0);
        RawClient second = RawClient.open(emulator, tunnel, DESTINATION, 2, 0)) {
      Message named = third.readMessage();
      assertThat(named.getType()).isEqualTo(Type.SERVICE_IDS);
      assertThat(named.getAvailableServiceIdsList()).containsExactly("SSH", "HTTP");
      assertThat(second.readMessage()).isEqualTo(named);
    }
    try (RawClient first = RawClient.open(emulator, tunnel, SOURCE, 1, 0)) {
      first.sendFrame(true, RawFrame.PING, HELLO);
      assertThat(first.readFrame().opcode()).isEqualTo(RawFrame.PONG);
    }
  }

  @Test
  void messagesPassUnchangedBothWaysAndAreCounted() throws Exception {
    start(Emulator.builder());
    try (RawClient source = open(SOURCE);
        RawClient destination = open(DESTINATION)) {
      source.send(streamStart("SSH", 7));
      source.send(data("SSH", 7, HELLO));
      assertThat(destination.readMessage()).isEqualTo(streamStart("SSH", 7));
      assertThat(destination.readMessage()).isEqualTo(data("SSH", 7, HELLO));
      destination.send(data("SSH", 7, HELLO));
      assertThat(source.readMessage()).isEqualTo(data("SSH", 7, HELLO));
      source.send(data("SSH", 7, HELLO));
      assertThat(tunnel.awaitSent(SOURCE, MessageType.DATA, 2, LONG)).isTrue();
      assertThat(tunnel.traffic(SOURCE).payloadBytes()).isEqualTo(2 * HELLO.length);
      assertThat(tunnel.traffic(SOURCE).sent(MessageType.STREAM_START)).isEqualTo(1);
      assertThat(tunnel.traffic(DESTINATION).sent(MessageType.DATA)).isEqualTo(1);
      assertThat(tunnel.traffic(DESTINATION).connects()).isEqualTo(1);
    }
  }

  @Test
  void newClientReplacesTheOldOneAndTheOtherEndIsTold() throws Exception {
    start(Emulator.builder());
    try (RawClient old = open(SOURCE);
        RawClient destination = open(DESTINATION)) {
      old.send(streamStart("SSH", 7));
      assertThat(destination.readMessage()).isEqualTo(streamStart("SSH", 7));
      try (RawClient replacement = open(SOURCE)) {
        assertThat(old.isAtEnd()).isTrue();
        assertThat(destination.readMessage()).isEqualTo(of(Type.STREAM_RESET, "SSH", 7, 0));
        assertThat(tunnel.traffic(SOURCE).connects()).isEqualTo(2);
        replacement.send(streamStart("HTTP", 8));
        assertThat(destination.readMessage()).isEqualTo(streamStart("HTTP", 8));
      }
    }
  }

  @Test
  void clientThatComesBackReplacesItselfAndTheOtherEndIsTold() throws Exception {
    start(Emulator.builder());
    try (RawClient source = open(SOURCE)) {
      try (RawClient destination = open(DESTINATION)) {
        source.send(streamStart("SSH", 7));
        assertThat(destination.readMessage()).isEqualTo(streamStart("SSH", 7));
      }
      assertThat(tunnel.awaitDisconnected(DESTINATION, LONG)).isTrue();
      try (RawClient again = open(DESTINATION)) {
        assertThat(source.readMessage()).isEqualTo(of(Type.STREAM_RESET, "SSH", 7, 0));
        source.send(streamStart("SSH", 8));
        assertThat(again.readMessage()).isEqualTo(streamStart("SSH", 8));
      }
    }
  }

  @Test
  void replacementNeedNotBeAnnounced() throws Exception {
    start(Emulator.builder().onReplacement(PeerNotice.NONE));
    try (RawClient old = open(SOURCE);
        RawClient destination = open(DESTINATION)) {
      old.send(streamStart("SSH", 7));
      assertThat(destination.readMessage()).isEqualTo(streamStart("SSH", 7));
      try (RawClient replacement = open(SOURCE)) {
        replacement.send(streamStart("SSH", 8));
        assertThat(destination.readMessage()).isEqualTo(streamStart("SSH", 8));
      }
    }
  }

  @Test
  void lossMayBeAnnouncedAsSessionReset() throws Exception {
    start(Emulator.builder().onLoss(PeerNotice.SESSION_RESET));
    try (RawClient source = open(SOURCE)) {
      open(DESTINATION).close();
      assertThat(source.readMessage().getType()).isEqualTo(Type.SESSION_RESET);
    }
  }

  @Test
  void messagesForAnAbsentEndAreDropped() throws Exception {
    start(Emulator.builder());
    try (RawClient source = open(SOURCE)) {
      source.send(streamStart("SSH", 1));
      assertThat(tunnel.awaitSent(SOURCE, MessageType.STREAM_START, 1, LONG)).isTrue();
      source.sendFrame(true, RawFrame.PING, HELLO);
      assertThat(source.readFrame().opcode()).isEqualTo(RawFrame.PONG);
      assertThat(tunnel.traffic(DESTINATION).droppedFrames()).isEqualTo(1);
      try (RawClient destination = open(DESTINATION)) {
        source.send(data("SSH", 1, HELLO));
        assertThat(destination.readMessage()).isEqualTo(data("SSH", 1, HELLO));
      }
    }
  }

  @Test
  void messagesForAnAbsentEndMayBeHeld() throws Exception {
    start(Emulator.builder().holdForAbsent(true));
    try (RawClient source = open(SOURCE)) {
      source.send(streamStart("SSH", 1));
      source.send(data("SSH", 1, HELLO));
      assertThat(tunnel.awaitSent(SOURCE, MessageType.DATA, 1, LONG)).isTrue();
      try (RawClient destination = open(DESTINATION)) {
        assertThat(destination.readMessage()).isEqualTo(streamStart("SSH", 1));
        assertThat(destination.readMessage()).isEqualTo(data("SSH", 1, HELLO));
      }
    }
  }

  @Test
  void rotationSendsItsClientsAwayOnly() throws Exception {
    start(Emulator.builder());
    try (RawClient source = open(SOURCE);
        RawClient destination = open(DESTINATION)) {
      tunnel.rotate(RotationMode.DESTINATION);
      assertThat(destination.readClose().closeCode()).isEqualTo(1000);
      source.sendFrame(true, RawFrame.PING, HELLO);
      assertThat(source.readFrame().opcode()).isEqualTo(RawFrame.PONG);
      open(DESTINATION).close();
    }
  }

  @Test
  void closingTheTunnelSendsBothClientsAway() throws Exception {
    start(Emulator.builder());
    try (RawClient source = open(SOURCE);
        RawClient destination = open(DESTINATION)) {
      tunnel.close();
      assertThat(destination.readClose().closeReason()).contains("closed");
      assertThat(source.readClose().closeCode()).isEqualTo(1000);
      assertThat(source.isAtEnd()).isTrue();
    }
  }

  /** Connects and takes the names of the services. */
  private RawClient open(TunnelEnd end) throws Exception {
    RawClient client = RawClient.open(emulator, tunnel, end);
    assertThat(client.readMessage().getType()).isEqualTo(Type.SERVICE_IDS);
    return client;
  }
}
