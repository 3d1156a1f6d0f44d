// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static io.culvert.core.stream.StreamsFixture.source;
import static io.culvert.wire.MessageType.CONNECTION_RESET;
import static io.culvert.wire.MessageType.CONNECTION_START;
import static io.culvert.wire.MessageType.SESSION_RESET;
import static io.culvert.wire.MessageType.STREAM_RESET;
import static io.culvert.wire.MessageType.STREAM_START;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.wire.TunnelMessage;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Streams and connections of a source, as its clients start and end them. */
class SourceStreamsTest {
  private static final Map<String, Object> NO_GRACE = Map.of("grace.source", 0L);

  @Test
  void firstClientStartsAStreamAndFurtherOnesConnections() throws Exception {
    try (StreamsFixture tunnel = source("SSH");
        TestSocket one = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      one.send("a");
      assertThat(tunnel.nextSent()).isEqualTo("DATA 'SSH' " + stream + " 1 a");
      try (TestSocket two = tunnel.client("SSH")) {
        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_START 'SSH' " + stream + " 2");
        two.send("b");
        assertThat(tunnel.nextSent()).isEqualTo("DATA 'SSH' " + stream + " 2 b");
        tunnel.receiveData("SSH", stream, 2, "to two");
        tunnel.receiveData("SSH", stream, 1, "to one");
        assertThat(two.receive(6)).isEqualTo("to two");
        assertThat(one.receive(6)).isEqualTo("to one");
      }
    }
  }

  @Test
  void streamOutlivesItsConnections() throws Exception {
    try (StreamsFixture tunnel = source(null, NO_GRACE, "SSH")) {
      int stream;
      try (TestSocket one = tunnel.client("SSH")) {
        stream = tunnel.nextStreamId("STREAM_START 'SSH'");
        one.finish();
        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' " + stream + " 1");
      }
      try (TestSocket two = tunnel.client("SSH")) {
        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_START 'SSH' " + stream + " 2");
      }
    }
  }

  @Test
  void pendingDataGoesOutBeforeTheReset() throws Exception {
    try (StreamsFixture tunnel = source(null, NO_GRACE, "SSH");
        TestSocket client = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      tunnel.setWritable(false);
      client.send("last words");
      client.finish();
      tunnel.assertNothingSent();
      tunnel.setWritable(true);
      assertThat(tunnel.nextSent()).isEqualTo("DATA 'SSH' " + stream + " 1 last words");
      assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' " + stream + " 1");
    }
  }

  @Test
  void afterALocalFinThePeersDataIsDeliveredUntilItIsIdle() throws Exception {
    Duration grace = Duration.ofSeconds(3);
    try (StreamsFixture tunnel = source(null, Map.of("grace.source", grace.toMillis()), "SSH");
        TestSocket client = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      client.finish();
      tunnel.await(() -> tunnel.call(() -> tunnel.connection("SSH").isHalfClosed()));
      // Not at once: the time until the end begins anew with what the peer sends.
      tunnel.loop.schedule(() -> {}, 500, TimeUnit.MILLISECONDS).get();
      long late = System.nanoTime();
      tunnel.receiveData("SSH", stream, 1, "late");
      assertThat(client.receive(4)).isEqualTo("late");
      assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' " + stream + " 1");
      assertThat(System.nanoTime() - late).isGreaterThanOrEqualTo(grace.toNanos());
      assertThat(client.receiveAll()).isEmpty();
    }
  }

  @Test
  void localResetEndsTheConnectionAtOnce() throws Exception {
    try (StreamsFixture tunnel = source("SSH");
        TestSocket client = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      client.reset();
      assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' " + stream + " 1");
    }
  }

  @Test
  void receivedResetDeliversWhatIsBufferedAndAnswersNothing() throws Exception {
    try (StreamsFixture tunnel = source("SSH");
        TestSocket client = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      client.send("unread");
      tunnel.nextSent();
      tunnel.receive(
          TunnelMessage.data("SSH", stream, 1, Unpooled.copiedBuffer("tail".getBytes("US-ASCII"))),
          TunnelMessage.control(CONNECTION_RESET, "SSH", stream, 1));
      client.send("more that nobody wants");
      assertThat(client.receiveAll()).isEqualTo("tail");
      tunnel.assertNothingSent();
    }
  }

  @Test
  void streamResetEndsAllConnectionsAndTheNextClientStartsAnotherStream() throws Exception {
    try (StreamsFixture tunnel = source("SSH");
        TestSocket one = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      try (TestSocket two = tunnel.client("SSH")) {
        tunnel.nextSent();
        tunnel.receiveData("SSH", stream, 1, "x");
        tunnel.receiveControl(STREAM_RESET, "SSH", stream, 0);
        assertThat(one.receiveAll()).isEqualTo("x");
        assertThat(two.receiveAll()).isEmpty();
      }
      try (TestSocket three = tunnel.client("SSH")) {
        assertThat(tunnel.nextStreamId("STREAM_START 'SSH'")).isEqualTo(stream + 1);
      }
    }
  }

  @Test
  void sessionResetEndsEverythingAndTheTunnelGoesOn() throws Exception {
    try (StreamsFixture tunnel = source("SSH", "HTTP");
        TestSocket ssh = tunnel.client("SSH");
        TestSocket http = tunnel.client("HTTP")) {
      tunnel.nextSent();
      tunnel.nextSent();
      tunnel.receiveControl(SESSION_RESET, "", 0, 0);
      assertThat(ssh.receiveAll()).isEmpty();
      assertThat(http.receiveAll()).isEmpty();
      try (TestSocket next = tunnel.client("SSH")) {
        tunnel.nextStreamId("STREAM_START 'SSH'");
      }
    }
  }

  @Test
  void messagesForWhatDoesNotExistAreDroppedAndCounted() throws Exception {
    try (StreamsFixture tunnel = source("SSH");
        TestSocket client = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      tunnel.receiveData("SSH", stream + 7, 1, "stale stream");
      tunnel.receiveData("SSH", stream, 9, "unknown connection");
      tunnel.receiveData("NONE", stream, 1, "unknown service");
      tunnel.receiveControl(STREAM_RESET, "SSH", stream + 7, 0);
      tunnel.receiveControl(CONNECTION_RESET, "SSH", stream, 9);
      tunnel.receiveControl(STREAM_RESET, "NONE", stream, 0);
      tunnel.receiveData("SSH", stream, 1, "alive");
      assertThat(client.receive(5)).isEqualTo("alive");
      assertThat(tunnel.call(tunnel.streams::dropped)).isEqualTo(6);
      tunnel.assertNothingSent();
    }
  }

  @Test
  void startsFromADestinationResetWhatTheyName() throws Exception {
    try (StreamsFixture tunnel = source("SSH", "HTTP");
        TestSocket ssh = tunnel.client("SSH")) {
      int one = tunnel.nextStreamId("STREAM_START 'SSH'");
      try (TestSocket http = tunnel.client("HTTP")) {
        int two = tunnel.nextStreamId("STREAM_START 'HTTP'");
        tunnel.receiveControl(CONNECTION_START, "HTTP", two, 1);
        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'HTTP' " + two + " 1");
        assertThat(http.receiveAll()).isEmpty();
      }
      tunnel.receiveControl(STREAM_START, "SSH", 99, 1);
      assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET 'SSH' " + one + " 0");
      assertThat(ssh.receiveAll()).isEmpty();
    }
  }

  @Test
  void lostWebSocketEndsConnectionsAndRefusesClientsUntilItIsBack() throws Exception {
    try (StreamsFixture tunnel = source("SSH");
        TestSocket one = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      String address = String.valueOf(tunnel.status("SSH").address());
      tunnel.down();
      assertThat(one.receiveAll()).isEqualTo("reset");
      try (TestSocket two = tunnel.client("SSH")) {
        assertThat(two.receiveAll()).isEqualTo("reset");
      }
      tunnel.up("SSH");
      assertThat(tunnel.status("SSH").address()).isEqualTo(address);
      assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET 'SSH' " + stream + " 0");
      try (TestSocket three = tunnel.client("SSH")) {
        assertThat(tunnel.nextStreamId("STREAM_START 'SSH'")).isEqualTo(stream + 1);
      }
    }
  }

  @Test
  void laterServiceIdsAreAppliedAsADifference() throws Exception {
    try (StreamsFixture tunnel = source("SSH", "HTTP");
        TestSocket ssh = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      try (TestSocket http = tunnel.client("HTTP")) {
        tunnel.nextStreamId("STREAM_START 'HTTP'");
        tunnel.receive(TunnelMessage.serviceIds(List.of("SSH", "RDP")));
        assertThat(http.receiveAll()).isEqualTo("reset");
      }
      tunnel.receiveData("SSH", stream, 1, "undisturbed");
      assertThat(ssh.receive(11)).isEqualTo("undisturbed");
      try (TestSocket rdp = tunnel.client("RDP")) {
        tunnel.nextStreamId("STREAM_START 'RDP'");
      }
    }
  }
}
