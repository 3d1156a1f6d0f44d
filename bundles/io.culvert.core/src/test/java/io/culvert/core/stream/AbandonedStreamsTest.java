// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static io.culvert.core.stream.StreamsFixture.destination;
import static io.culvert.core.stream.StreamsFixture.source;
import static io.culvert.wire.MessageType.CONNECTION_START;
import static io.culvert.wire.MessageType.STREAM_RESET;
import static io.culvert.wire.MessageType.STREAM_START;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.wire.TunnelMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that only waits, as a download does, would wait for ever for the other end if that lost
 * its WebSocket and nobody said that the stream is gone.
 */
class AbandonedStreamsTest extends ApplicationFixture {
  @ParameterizedTest
  @ValueSource(strings = {"", "SSH"})
  void destinationResetsThemInTheirShapeAsSoonAsItIsBack(String service) throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, service, 7, 0);
      tunnel.down();
      tunnel.assertNothingSent();
      tunnel.up("SSH");
      assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET '" + service + "' 7 0");
      tunnel.assertNothingSent();
    }
  }

  @Test
  void destinationOfV3ShowsThatItNumbersConnectionsSoThatNobodyTakesItForV2() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      tunnel.down();
      tunnel.up("SSH");
      assertReset(tunnel, 7);
      tunnel.assertNothingSent();
    }
  }

  @Test
  void oneThatAVersionWithoutConnectionsEndedIsResetOnceMore() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 0);
      TestSocket.accept(application).close();
      assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET 'SSH' 7 0");
      // The WebSocket may have been dead by then, without anybody knowing.
      tunnel.down();
      tunnel.up("SSH");
      assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET 'SSH' 7 0");
      tunnel.receive(TunnelMessage.serviceIds(List.of("SSH")));
      tunnel.assertNothingSent();
    }
  }

  @Test
  void anIdThatIsUsedAnewIsAnotherStream() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      tunnel.down();
      tunnel.up("SSH");
      assertReset(tunnel, 7);
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      tunnel.receiveControl(CONNECTION_START, "SSH", 7, 2);
      assertThat(tunnel.status("SSH").connections()).isEqualTo(2);
    }
  }

  private static void assertReset(StreamsFixture destination, int stream) {
    assertThat(destination.nextSent()).isEqualTo("STREAM_RESET 'SSH' " + stream + " 0");
    assertThat(destination.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' " + stream + " 1");
  }

  @Test
  void whatWasOnItsWayForThemIsDropped() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      tunnel.down();
      tunnel.up("SSH");
      assertReset(tunnel, 7);
      tunnel.receiveData("SSH", 7, 1, "stale");
      tunnel.receiveControl(CONNECTION_START, "SSH", 7, 2);
      tunnel.receiveData("SSH", 7, 2, "late");
      tunnel.assertNothingSent();
      assertThat(tunnel.status("SSH").connections()).isZero();
    }
  }

  @Test
  void sourceResetsThemBeforeItStartsOthers() throws Exception {
    try (StreamsFixture tunnel = source(null, Map.of("queue.while.down", true), "SSH");
        TestSocket one = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      tunnel.down();
      try (TestSocket two = tunnel.client("SSH")) {
        tunnel.up("SSH");
        assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET 'SSH' " + stream + " 0");
        assertThat(tunnel.nextSent()).isEqualTo("STREAM_START 'SSH' " + (stream + 1) + " 1");
      }
    }
  }

  @Test
  void theyAreResetOnce() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      tunnel.down();
      tunnel.up("SSH");
      assertReset(tunnel, 7);
      tunnel.down();
      tunnel.up("SSH");
      tunnel.assertNothingSent();
    }
  }

  @Test
  void streamsThatThePeerHadEndedAreNotAmongThem() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      tunnel.receiveControl(STREAM_RESET, "SSH", 7, 0);
      tunnel.down();
      tunnel.up("SSH");
      tunnel.assertNothingSent();
    }
  }

  @Test
  void aWebSocketThatIsLostAtOnceLeavesThemForTheNext() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      tunnel.down();
      tunnel.upWithoutServices();
      tunnel.down();
      tunnel.assertNothingSent();
      tunnel.up("SSH");
      assertReset(tunnel, 7);
    }
  }

  @Test
  void serviceThatIsNotInTheTunnelAnyMoreIsNotNamed() throws Exception {
    try (StreamsFixture tunnel = destination(Map.of("SSH", "1", "HTTP", "2"), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      tunnel.down();
      tunnel.up("HTTP");
      tunnel.assertNothingSent();
    }
  }
}
