// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners of a source that move when mappings change. */
class MovedListenersTest extends SourceRemappingFixture {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twoServicesExchangeTheirPorts(boolean epoll) throws Exception {
    int one = TestSocket.freePort();
    int two = TestSocket.freePort();
    // Without another attempt: the ports must be free when they are wanted.
    Map<String, Object> settings = Map.of("native.transport", epoll, "tcp.retry.count", 0);
    try (StreamsFixture tunnel =
        source(at("SSH", one, "HTTP", two), null, settings, "SSH", "HTTP")) {
      tunnel.client("SSH").close();
      tunnel.client("HTTP").close();

      tunnel.remap(at("SSH", two, "HTTP", one));

      tunnel.await(() -> tunnel.address("SSH").endsWith(":" + two));
      tunnel.await(() -> tunnel.address("HTTP").endsWith(":" + one));
    }
    assertThat(logs.warnings()).isEmpty();
    assertThat(logs.infos(TunnelStreams.class)).hasSize(1);
  }

  @Test
  void aNewPlaceThatIsTakenFailsTheServiceUntilItIsMovedAgain() throws Exception {
    int one = TestSocket.freePort();
    int two = TestSocket.freePort();
    try (ServerSocket taken = TestSocket.server();
        StreamsFixture tunnel =
            source(at(one), null, Map.of("tcp.retry.delay", 5L, "tcp.retry.count", 2), "SSH")) {
      assertThat(tunnel.nextEvent()).isEqualTo("ready");
      tunnel.await(() -> !tunnel.address("SSH").isEmpty());

      tunnel.remap(at(taken.getLocalPort()));

      tunnel.await(
          () -> String.valueOf(tunnel.status("SSH").failure()).contains("given up after 3"));
      assertThat(tunnel.status("SSH").address()).isNull();
      bind(one).close();
      assertThat(tunnel.events).isEmpty();

      tunnel.remap(at(two));
      tunnel.await(() -> tunnel.address("SSH").endsWith(":" + two));
      assertThat(tunnel.status("SSH").failure()).isNull();
      assertThat(tunnel.events).isEmpty();
    }
  }

  @Test
  void aListenerThatCouldNotBindStopsTryingWhenItMoves() throws Exception {
    int two = TestSocket.freePort();
    try (ServerSocket taken = TestSocket.server();
        StreamsFixture tunnel =
            source(
                at(taken.getLocalPort()),
                null,
                Map.of("tcp.retry.delay", 5L, "tcp.retry.count", -1),
                "SSH")) {
      tunnel.await(() -> tunnel.status("SSH").failure() != null);
      tunnel.remap(at(two));
      assertThat(tunnel.status("SSH").failure()).isNull();
      tunnel.await(() -> tunnel.address("SSH").endsWith(":" + two));
      int port = taken.getLocalPort();
      taken.close();
      bind(port).close();
      assertThat(tunnel.address("SSH")).endsWith(":" + two);
    }
  }

  @Test
  void aListenerMovesWhileTheTunnelIsDownAndItsWaitingClientsEnd() throws Exception {
    int one = TestSocket.freePort();
    int two = TestSocket.freePort();
    int three = TestSocket.freePort();
    try (StreamsFixture tunnel = source(at(one), null, Map.of("queue.while.down", true), "SSH")) {
      tunnel.await(() -> !tunnel.address("SSH").isEmpty());
      tunnel.down();
      try (TestSocket waiting = tunnel.client("SSH")) {
        waiting.send("x");
        tunnel.await(() -> logs.lines().stream().anyMatch(line -> line.contains("waits")));
        tunnel.remap(at(two));
        assertThat(waiting.receiveAll()).isEqualTo("reset");
      }
      tunnel.await(() -> tunnel.address("SSH").endsWith(":" + two));
      try (TestSocket patient = tunnel.client("SSH")) {
        patient.send("y");
        tunnel.await(
            () -> logs.lines().stream().filter(line -> line.contains("waits")).count() == 2);
        tunnel.remapKeeping(at(three));
        tunnel.up("SSH");
        tunnel.nextStreamId("STREAM_START 'SSH'");
        assertThat(tunnel.nextSent()).startsWith("DATA 'SSH'").endsWith(" y");
      }
    }
  }
}
