// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.api.Secret;
import io.culvert.api.Tunnel;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.emulator.EmulatedTunnel;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Closing in every state. The fixture looks for threads and buffers that are left. */
class ClosingTest extends TunnelFixture {
  private static final Secret CLIENT_TOKEN = Secret.of("0123456789-0123456789-0123456789-abc");

  @Test
  void closesWhileConnecting() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      manager.put("endpoint", "127.0.0.1:" + silent.getLocalPort());
      Tunnel opened = openSource(emulator.openTunnel("SSH"));
      try (Socket socket = silent.accept()) {
        opened.close();
        assertClosed(TunnelState.CONNECTING, TunnelState.CLOSED);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getInputStream().readAllBytes();
      }
    }
  }

  @Test
  void closesWhileConnected() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openDestination(tunnel);
    Tunnel opened = openSource(tunnel);
    destination.awaitConnected(1);
    LocalClient client = echoClient("SSH");
    int port = source.awaitPort("SSH");

    opened.close();
    opened.close();

    assertClosed(TunnelState.CONNECTING, TunnelState.CONNECTED, TunnelState.CLOSED);
    client.awaitEnd();
    assertThat(tunnel.awaitDisconnected(SOURCE, PATIENCE)).isTrue();
    assertRefused(port);
    assertThat(gateway().tunnels.tunnels())
        .extracting(TunnelStatus::mode)
        .containsExactly(TunnelMode.DESTINATION);
  }

  @Test
  void closesWhileWaitingToRetry() throws Exception {
    manager.put("retry.delay", 3_600_000L);
    manager.put("retry.max.delay", 3_600_000L);
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    Tunnel opened = openSource(tunnel);
    int port = source.awaitPort("SSH");
    tunnel.faults(SOURCE).cut();
    source.await(TunnelState.RECONNECTING);

    opened.close();

    assertClosed(
        TunnelState.CONNECTING,
        TunnelState.CONNECTED,
        TunnelState.RECONNECTING,
        TunnelState.CLOSED);
    assertRefused(port);
  }

  @Test
  void closesBeforeItHasBegun() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openSource(tunnel).close();

    source.await(TunnelState.CLOSED);
    assertThat(source.states()).endsWith(TunnelState.CLOSED).doesNotContain(TunnelState.FAILED);
    assertThat(gateway().tunnels.tunnels()).isEmpty();
  }

  @Test
  void aFailedTunnelStaysInTheListUntilItIsClosed() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    tunnel.faults(SOURCE).failHandshakes(403, 1);
    Tunnel opened = openSource(tunnel);
    source.await(TunnelState.FAILED);
    assertThat(opened.status().state()).isEqualTo(TunnelState.FAILED);
    assertThat(gateway().tunnels.tunnels()).hasSize(1);

    opened.close();

    assertThat(gateway().tunnels.tunnels()).isEmpty();
    assertThat(opened.status().state()).isEqualTo(TunnelState.FAILED);
  }

  @Test
  void stoppingClosesEveryTunnelAndOpensNoMore() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openBoth(tunnel);
    echoClient("SSH");
    int port = source.awaitPort("SSH");

    gateway().close();

    assertThat(source.states()).endsWith(TunnelState.CLOSED);
    assertThat(destination.states()).endsWith(TunnelState.CLOSED);
    assertRefused(port);
    assertThatThrownBy(() -> openSource(emulator.openTunnel("SSH")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void stoppingDoesNotWaitForAServiceThatTakesNothing() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openBoth(tunnel);
    tunnel.faults(SOURCE).loseSilently();
    tunnel.faults(DESTINATION).stall();

    gateway().close();

    assertThat(source.states()).endsWith(TunnelState.CLOSED);
  }

  @Test
  void aNameIsUsedOnce() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openSource(tunnel);

    assertThatThrownBy(() -> openSource(tunnel))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name 'source'");
    source.awaitConnected(1);
    assertThat(gateway().tunnels.tunnels()).hasSize(1);
  }

  @Test
  void aClosedNameAndItsPortCanBeUsedAgainAtOnce() throws Exception {
    streams.put("tcp.retry.count", 0);
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openDestination(tunnel);
    destination.awaitConnected(1);
    int port = freePort();
    TunnelSpec spec =
        new TunnelSpec(
            "again",
            TunnelMode.SOURCE,
            Secret.of(tunnel.accessToken(SOURCE).reveal()),
            CLIENT_TOKEN,
            null,
            null,
            Map.of("SSH", Integer.toString(port)),
            null);
    for (int i = 0; i < 5; i++) {
      Recorder recorder = new Recorder();
      Tunnel opened = gateway().open(spec, recorder);
      assertThat(recorder.awaitPort("SSH")).isEqualTo(port);
      closing(new LocalClient(port)).greeted('E').echo(1000, i);
      opened.close();
    }
  }

  private void assertClosed(TunnelState... states) throws Exception {
    TunnelStatus closed = source.await(TunnelState.CLOSED);
    assertThat(closed.failure()).isNull();
    assertThat(source.states()).containsExactly(states);
  }

  /** The listener hears of the end; with NIO the port goes when the event loop comes round. */
  private static void assertRefused(int port) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (isOpen(port)) {
      assertThat(System.nanoTime()).as("port %d stays open", port).isLessThan(end);
    }
  }

  private static boolean isOpen(int port) throws Exception {
    try {
      new LocalClient(port).close();
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (SocketException e) {
      // Reset between accept and use: it was still open.
      return true;
    }
  }
}
