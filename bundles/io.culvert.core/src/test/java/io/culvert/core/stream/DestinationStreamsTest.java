// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static io.culvert.core.stream.StreamsFixture.destination;
import static io.culvert.wire.MessageType.CONNECTION_RESET;
import static io.culvert.wire.MessageType.CONNECTION_START;
import static io.culvert.wire.MessageType.STREAM_RESET;
import static io.culvert.wire.MessageType.STREAM_START;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ProtocolVersion;
import io.culvert.api.TunnelMode;
import io.culvert.wire.TunnelMessage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams and connections of a destination, as the source starts and ends them. */
class DestinationStreamsTest extends ApplicationFixture {
  @ParameterizedTest
  @CsvSource({
    "'', 0, STREAM_RESET, V1",
    "SSH, 0, STREAM_RESET, V2",
    "SSH, 1, CONNECTION_RESET, V3"
  })
  void answersInTheShapeOfTheStart(
      String service, int connection, String end, ProtocolVersion version) throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, service, 7, connection);
      try (TestSocket socket = TestSocket.accept(application)) {
        tunnel.receiveData(service, 7, connection, "ping");
        assertThat(socket.receive(4)).isEqualTo("ping");
        socket.send("pong");
        assertThat(tunnel.nextSent()).isEqualTo("DATA '" + service + "' 7 " + connection + " pong");
        assertThat(tunnel.status("SSH").version()).isEqualTo(version);
      }
      assertThat(tunnel.nextSent()).isEqualTo(end + " '" + service + "' 7 " + connection);
    }
  }

  @Test
  void applicationsEndIsAnnouncedAtOnceAfterItsData() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      try (TestSocket socket = TestSocket.accept(application)) {
        socket.send("bye");
        socket.finish();
        assertThat(tunnel.nextSent()).isEqualTo("DATA 'SSH' 7 1 bye");
        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' 7 1");
      }
    }
  }

  @Test
  void dataWithoutConnectionIdOnAV3StreamMeansTheFirstConnection() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      try (TestSocket socket = TestSocket.accept(application)) {
        tunnel.receiveData("SSH", 7, 0, "x");
        assertThat(socket.receive(1)).isEqualTo("x");
      }
    }
  }

  @Test
  void streamStartClosesWhatRunsUnderAnOlderStream() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      try (TestSocket old = TestSocket.accept(application)) {
        tunnel.receiveData("SSH", 7, 1, "tail");
        tunnel.receiveControl(STREAM_START, "SSH", 8, 1);
        try (TestSocket fresh = TestSocket.accept(application)) {
          assertThat(old.receiveAll()).isEqualTo("tail");
          tunnel.receiveData("SSH", 8, 1, "x");
          assertThat(fresh.receive(1)).isEqualTo("x");
        }
      }
    }
  }

  @Test
  void connectionStartOnAnUnknownStreamIsAdoptedAfterARestart() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(CONNECTION_START, "SSH", 7, 5);
      try (TestSocket socket = TestSocket.accept(application)) {
        socket.send("x");
        assertThat(tunnel.nextSent()).isEqualTo("DATA 'SSH' 7 5 x");
      }
    }
  }

  @Test
  void connectionStartForAnOpenIdEndsBoth() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      try (TestSocket socket = TestSocket.accept(application)) {
        tunnel.receiveControl(CONNECTION_START, "SSH", 7, 1);
        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' 7 1");
        assertThat(socket.receiveAll()).isEqualTo("reset");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"'', 0", "SSH, 0", "SSH, 3"})
  void dataForAnUnknownStreamIsAnsweredOnceForTheWholeStream(String service, int connection)
      throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveData(service, 99, connection, "a");
      tunnel.receiveData(service, 99, connection, "b");
      assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET '" + service + "' 99 0");
      if (connection != 0) {
        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' 99 1");
      }
      tunnel.assertNothingSent();
      assertThat(tunnel.call(tunnel.streams::dropped)).isEqualTo(2);
    }
  }

  @Test
  void dataForAnUnknownConnectionOfTheStreamIsAnsweredOnce() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      try (TestSocket socket = TestSocket.accept(application)) {
        tunnel.receiveData("SSH", 7, 3, "a");
        tunnel.receiveData("SSH", 7, 3, "b");
        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' 7 3");
        tunnel.receiveData("SSH", 7, 1, "x");
        assertThat(socket.receive(1)).isEqualTo("x");
        tunnel.assertNothingSent();
      }
    }
  }

  @Test
  void dataForAServiceThatTheTunnelDoesNotHaveIsNotAnswered() {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveData("HTTP", 99, 1, "a");
      tunnel.assertNothingSent();
    }
  }

  @Test
  void dataUnderwayToAConnectionThatEndedHereIsDroppedSilently() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      TestSocket socket = TestSocket.accept(application);
      tunnel.receiveData("SSH", 7, 1, "x");
      assertThat(socket.receive(1)).isEqualTo("x");
      socket.reset();
      assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' 7 1");
      tunnel.receiveData("SSH", 7, 1, "underway");
      tunnel.receiveControl(CONNECTION_RESET, "SSH", 7, 1);
      tunnel.assertNothingSent();
    }
  }

  @Test
  void staleResetsAreDropped() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      try (TestSocket socket = TestSocket.accept(application)) {
        tunnel.receiveControl(STREAM_RESET, "SSH", 6, 0);
        tunnel.receiveControl(CONNECTION_RESET, "SSH", 6, 1);
        tunnel.receiveControl(CONNECTION_RESET, "SSH", 7, 2);
        tunnel.receiveData("SSH", 7, 1, "x");
        assertThat(socket.receive(1)).isEqualTo("x");
        tunnel.assertNothingSent();
      }
    }
  }

  @Test
  void lostWebSocketEndsConnections() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      try (TestSocket socket = TestSocket.accept(application)) {
        tunnel.down();
        assertThat(socket.receiveAll()).isEqualTo("reset");
      }
    }
  }

  @Test
  void farewellTellsTheSourceThatItsStreamsEnd() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      TestSocket.accept(application).send("x");
      tunnel.nextSent();
      tunnel.run(tunnel.streams::farewell);
      assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET 'SSH' 7 0");
    }
  }

  @Test
  void farewellIsSaidHoweverLittleTheWebSocketTakes() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      tunnel.receiveControl(CONNECTION_START, "SSH", 7, 2);
      TestSocket first = TestSocket.accept(application);
      TestSocket.accept(application);
      tunnel.setWritable(false);
      first.send("bulk");
      first.reset();
      tunnel.await(() -> tunnel.call(() -> tunnel.streams.status().get(0).connections() == 1));
      tunnel.assertNothingSent();
      tunnel.run(tunnel.streams::farewell);
      assertThat(tunnel.nextSent()).startsWith("CONNECTION_RESET 'SSH' 7 ");
      assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET 'SSH' 7 0");
    }
  }

  @Test
  void forcedVersionGoesBeforeTheShapeOfTheStart() throws Exception {
    try (StreamsFixture tunnel =
        new StreamsFixture(TunnelMode.DESTINATION, ssh(), ProtocolVersion.V2, Map.of())) {
      tunnel.up("SSH");
      tunnel.receive(TunnelMessage.control(STREAM_START, "SSH", 7, 1));
      TestSocket.accept(application).close();
      assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET 'SSH' 7 0");
    }
  }
}
