// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static io.culvert.core.stream.StreamsFixture.source;
import static io.culvert.wire.MessageType.CONNECTION_RESET;
import static io.culvert.wire.MessageType.STREAM_RESET;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ProtocolVersion;
import io.culvert.api.TunnelMode;
import io.culvert.wire.TunnelMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A source speaks what its destination speaks, as soon as that shows. */
class PeerVersionTest {
  @Test
  void dataWithoutConnectionIdProvesV2AndTheFirstConnectionGoesOn() throws Exception {
    try (StreamsFixture tunnel = source("SSH");
        TestSocket one = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      try (TestSocket two = tunnel.client("SSH")) {
        tunnel.nextSent();
        tunnel.receiveData("SSH", stream, 0, "v2");
        assertThat(one.receive(2)).isEqualTo("v2");
        assertThat(two.receiveAll()).isEqualTo("reset");
      }
      one.send("x");
      assertThat(tunnel.nextSent()).isEqualTo("DATA 'SSH' " + stream + " 0 x");
      assertThat(tunnel.status("SSH").version()).isEqualTo(ProtocolVersion.V2);
      try (TestSocket three = tunnel.client("SSH")) {
        assertThat(three.receiveAll()).isEqualTo("reset");
      }
    }
  }

  @Test
  void streamResetAfterASecondConnectionIsTakenForV2() throws Exception {
    try (StreamsFixture tunnel = source("SSH");
        TestSocket one = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      try (TestSocket two = tunnel.client("SSH")) {
        tunnel.nextSent();
        tunnel.receiveControl(STREAM_RESET, "SSH", stream, 0);
        assertThat(two.receiveAll()).isEmpty();
      }
      try (TestSocket three = tunnel.client("SSH")) {
        assertThat(tunnel.nextSent()).isEqualTo("STREAM_START 'SSH' " + (stream + 1) + " 0");
        // The verdict is forgotten at the next reset.
        tunnel.receiveControl(STREAM_RESET, "SSH", stream + 1, 0);
        assertThat(three.receiveAll()).isEmpty();
      }
      try (TestSocket four = tunnel.client("SSH")) {
        assertThat(tunnel.nextSent()).isEqualTo("STREAM_START 'SSH' " + (stream + 2) + " 1");
      }
    }
  }

  @Test
  void aDestinationThatNumbersConnectionsIsNotTakenForV2() throws Exception {
    try (StreamsFixture tunnel = source("SSH");
        TestSocket one = tunnel.client("SSH");
        TestSocket two = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      tunnel.nextStreamId("CONNECTION_START 'SSH'");
      tunnel.receiveControl(STREAM_RESET, "SSH", stream, 0);
      tunnel.receiveControl(CONNECTION_RESET, "SSH", stream, 1);
      assertThat(one.receiveAll()).isEmpty();
      assertThat(two.receiveAll()).isEmpty();
      try (TestSocket three = tunnel.client("SSH")) {
        assertThat(tunnel.nextSent()).isEqualTo("STREAM_START 'SSH' " + (stream + 1) + " 1");
      }
    }
  }

  /** It may have been the service that reset the stream, or an end that had nothing to send yet. */
  @Test
  void whatOnlyAResetShowedIsForgottenWithTheNextStream() throws Exception {
    try (StreamsFixture tunnel = source("SSH");
        TestSocket one = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      try (TestSocket two = tunnel.client("SSH")) {
        tunnel.nextSent();
        tunnel.receiveControl(STREAM_RESET, "SSH", stream, 0);
        assertThat(two.receiveAll()).isEmpty();
      }
      try (TestSocket three = tunnel.client("SSH")) {
        assertThat(tunnel.nextSent()).isEqualTo("STREAM_START 'SSH' " + (stream + 1) + " 0");
        three.reset();
        assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET 'SSH' " + (stream + 1) + " 0");
      }
      try (TestSocket four = tunnel.client("SSH")) {
        assertThat(tunnel.nextSent()).isEqualTo("STREAM_START 'SSH' " + (stream + 2) + " 1");
      }
    }
  }

  @Test
  void answerWithoutServiceIdMakesTheNextWebSocketSpeakV1() throws Exception {
    try (StreamsFixture tunnel = source("SSH")) {
      try (TestSocket one = tunnel.client("SSH")) {
        int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
        tunnel.receiveData("", stream, 0, "v1");
        assertThat(tunnel.nextEvent()).isEqualTo("ready");
        assertThat(tunnel.nextEvent()).startsWith("reconnect");
        tunnel.down();
      }
      tunnel.up("SSH");
      tunnel.nextStreamId("STREAM_RESET ''");
      try (TestSocket two = tunnel.client("SSH")) {
        int stream = tunnel.nextStreamId("STREAM_START ''");
        two.send("x");
        assertThat(tunnel.nextSent()).isEqualTo("DATA '' " + stream + " 0 x");
        tunnel.receiveData("", stream, 0, "y");
        assertThat(two.receive(1)).isEqualTo("y");
        try (TestSocket three = tunnel.client("SSH")) {
          assertThat(three.receiveAll()).isEqualTo("reset");
        }
        tunnel.down();
      }
      tunnel.up("SSH");
      tunnel.nextStreamId("STREAM_RESET 'SSH'");
      try (TestSocket three = tunnel.client("SSH")) {
        tunnel.nextStreamId("STREAM_START 'SSH'");
      }
    }
  }

  @Test
  void withV1AndV2AHalfClosedConnectionMakesRoomForTheNext() throws Exception {
    try (StreamsFixture tunnel = source(ProtocolVersion.V2, Map.of(), "SSH");
        TestSocket one = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      one.send("x");
      tunnel.nextSent();
      one.finish();
      tunnel.await(() -> tunnel.call(() -> only(tunnel).isHalfClosed()));
      try (TestSocket two = tunnel.client("SSH")) {
        two.send("y");
        assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET 'SSH' " + stream + " 0");
        assertThat(tunnel.nextSent()).isEqualTo("STREAM_START 'SSH' " + (stream + 1) + " 0");
        assertThat(tunnel.nextSent()).isEqualTo("DATA 'SSH' " + (stream + 1) + " 0 y");
      }
    }
  }

  private static Connection only(StreamsFixture tunnel) {
    return tunnel.streams.services().get("SSH").connections().get(0);
  }

  @Test
  void v1VerdictKeepsTheServiceThatGaveItThroughRepeatedServiceIds() throws Exception {
    try (StreamsFixture tunnel =
        new StreamsFixture(
            TunnelMode.SOURCE,
            Map.of("SSH", "0", "HTTP", "0"),
            null,
            Map.of("strict.services", true))) {
      tunnel.up("SSH", "HTTP");
      try (TestSocket one = tunnel.client("SSH")) {
        int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
        tunnel.receiveData("", stream, 0, "v1");
        tunnel.down();
      }
      tunnel.up("SSH", "HTTP");
      tunnel.nextStreamId("STREAM_RESET ''");
      tunnel.receive(TunnelMessage.serviceIds(List.of("SSH", "HTTP")));
      try (TestSocket two = tunnel.client("SSH")) {
        tunnel.nextStreamId("STREAM_START ''");
      }
      assertThat(tunnel.events).noneMatch(event -> event.startsWith("failed"));
    }
  }

  @Test
  void v1NeedsToKnowWhichService() {
    try (StreamsFixture tunnel = source(ProtocolVersion.V1, Map.of(), "SSH", "HTTP")) {
      assertThat(tunnel.nextEvent()).contains("CLV-SERVICES", "SSH", "HTTP");
    }
  }
}
