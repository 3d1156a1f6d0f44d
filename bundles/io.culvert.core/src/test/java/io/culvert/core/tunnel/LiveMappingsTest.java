// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ErrorCode;
import io.culvert.api.ServiceStatus;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.core.stream.TunnelStreams;
import io.culvert.emulator.EmulatedTunnel;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Open tunnels follow changes of the common mappings. */
class LiveMappingsTest extends TunnelFixture {
  private static final int MANY = 3_000_000;

  @Test
  void aServiceMovesAtTheDestinationWhileAnotherOneStreams() throws Exception {
    EchoServer old = closing(new EchoServer('O'));
    EchoServer fresh = closing(new EchoServer('N'));
    map("destinations", "HTTP=" + old.endpoint(), "SSH=" + application.endpoint());
    EmulatedTunnel tunnel = openMapped("SSH", "HTTP");
    LocalClient http = client("HTTP").greeted('O');
    LocalClient ssh = echoClient("SSH");
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<?> transfer =
          executor.submit(
              () -> {
                ssh.echo(MANY, 1);
                return null;
              });
      await(() -> service(TunnelMode.DESTINATION, "SSH").bytesReceived() > 0);

      change("destinations", "HTTP=" + fresh.endpoint(), "SSH=" + application.endpoint());

      http.awaitEnd();
      client("HTTP").greeted('N').echo(10_000, 2);
      for (int i = 0; i < 20; i++) {
        EchoServer next = i % 2 == 0 ? old : fresh;
        change("destinations", "HTTP=" + next.endpoint(), "SSH=" + application.endpoint());
        await(() -> next.endpoint().equals(service(TunnelMode.DESTINATION, "HTTP").address()));
      }
      transfer.get(60, TimeUnit.SECONDS);
    } finally {
      executor.shutdownNow();
    }

    ssh.echo(1000, 3);
    assertThat(service(TunnelMode.DESTINATION, "SSH").totalConnections()).isEqualTo(1);
    assertThat(service(TunnelMode.SOURCE, "SSH").totalConnections()).isEqualTo(1);
    assertThat(status(TunnelMode.DESTINATION).connects()).isEqualTo(1);
    assertThat(tunnel.services()).hasSize(2);
    assertThat(logs.warnings()).isEmpty();
    assertThat(logs.infos(TunnelStreams.class))
        .hasSize(21)
        .startsWith("destination: service HTTP moved to " + fresh.endpoint())
        .noneMatch(line -> line.contains("SSH"));
  }

  @Test
  void aServiceMovesAtTheSourceAndWhoeverListensHearsIt() throws Exception {
    int port = freePort();
    map("destinations", "SSH=" + application.endpoint());
    openMapped("SSH");
    int before = source.awaitPort("SSH");
    LocalClient old = echoClient("SSH");

    change("sources", "SSH=" + port);

    source.await(status -> address(status, "SSH").endsWith(":" + port));
    old.awaitEnd();
    new ServerSocket(before, 1, InetAddress.getLoopbackAddress()).close();
    closing(new LocalClient(port)).greeted('E').echo(10_000, 1);
    assertThat(source.states()).containsExactly(TunnelState.CONNECTING, TunnelState.CONNECTED);
    assertThat(destination.states()).containsExactly(TunnelState.CONNECTING, TunnelState.CONNECTED);
  }

  @Test
  void aMappingThatGoesAndComesBackFailsItsServiceMeanwhile() throws Exception {
    map("destinations", "SSH=" + application.endpoint(), "HTTP=" + application.endpoint());
    openMapped("SSH", "HTTP");
    LocalClient http = echoClient("HTTP");

    change("destinations", "HTTP=" + application.endpoint());
    TunnelFailure failure =
        destination
            .await(status -> address(status, "SSH").isEmpty() && has(status))
            .services()
            .get(0)
            .failure();
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(ErrorCode.SERVICES);
    client("SSH").awaitEnd();
    assertThat(status(TunnelMode.DESTINATION).state()).isEqualTo(TunnelState.CONNECTED);

    change("destinations", "SSH=" + application.endpoint(), "HTTP=" + application.endpoint());
    await(() -> service(TunnelMode.DESTINATION, "SSH").failure() == null);
    echoClient("SSH").echo(1000, 1);
    http.echo(1000, 2);
    assertThat(logs.warnings()).hasSize(1);
  }

  @Test
  void aMappingThatIsMissingWhileTheTunnelComesBackDoesNotFailIt() throws Exception {
    map("destinations", "SSH=" + application.endpoint());
    EmulatedTunnel tunnel = openMapped("SSH");
    change("destinations");
    tunnel.faults(DESTINATION).cut();
    destination.awaitConnected(2);
    client("SSH").awaitEnd();

    change("destinations", "SSH=" + application.endpoint());
    await(() -> service(TunnelMode.DESTINATION, "SSH").failure() == null);
    echoClient("SSH").echo(1000, 1);
  }

  @Test
  void aChangeWhileTheTunnelIsDownCountsWhenItIsBack() throws Exception {
    EchoServer fresh = closing(new EchoServer('N'));
    map("destinations", "SSH=" + application.endpoint());
    EmulatedTunnel tunnel = openMapped("SSH");
    LocalClient old = echoClient("SSH");
    tunnel.faults(DESTINATION).failHandshakes(503, Integer.MAX_VALUE).cut();
    destination.await(TunnelState.RECONNECTING);

    change("destinations", "SSH=" + fresh.endpoint());

    destination.await(status -> address(status, "SSH").equals(fresh.endpoint()));
    assertThat(status(TunnelMode.DESTINATION).connects()).isEqualTo(1);
    tunnel.faults(DESTINATION).failHandshakes(503, 0);
    destination.awaitConnected(2);
    old.awaitEnd();
    client("SSH").greeted('N').echo(1000, 1);
  }

  @Test
  void establishedConnectionsAreKeptIfSoConfigured() throws Exception {
    EchoServer fresh = closing(new EchoServer('N'));
    mappings.put("keep.established", true);
    map("destinations", "SSH=" + application.endpoint());
    openMapped("SSH");
    LocalClient old = echoClient("SSH");

    change("destinations", "SSH=" + fresh.endpoint());

    await(() -> fresh.endpoint().equals(service(TunnelMode.DESTINATION, "SSH").address()));
    client("SSH").greeted('N').echo(1000, 1);
    old.echo(1000, 2);
  }

  @Test
  void equalValuesTellNobodyAnything() throws Exception {
    map("destinations", "SSH=" + application.endpoint());
    openMapped("SSH");
    LocalClient client = echoClient("SSH");
    int told = source.all().size() + destination.all().size();
    int lines = logs.lines().size();

    gateway().mappings.modified(Map.copyOf(mappings));
    gateway()
        .mappings
        .modified(
            Map.of("destinations", List.of(" SSH = " + application.endpoint()), ".other.key", 1));

    assertThat(status(TunnelMode.SOURCE).state()).isEqualTo(TunnelState.CONNECTED);
    assertThat(status(TunnelMode.DESTINATION).state()).isEqualTo(TunnelState.CONNECTED);
    assertThat(source.all().size() + destination.all().size()).isEqualTo(told);
    assertThat(logs.lines().subList(lines, logs.lines().size()))
        .noneMatch(line -> line.startsWith("INFO") || line.startsWith("WARN"));
    client.echo(1000, 1);
  }

  private EmulatedTunnel openMapped(String... services) throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel(services);
    gateway().open(spec(tunnel, TunnelMode.DESTINATION, Map.of(), null), destination);
    openSource(tunnel);
    destination.awaitConnected(1);
    source.awaitConnected(1);
    return tunnel;
  }

  private static boolean has(TunnelStatus status) {
    return !status.services().isEmpty();
  }

  private static String address(TunnelStatus status, String id) {
    for (ServiceStatus service : status.services()) {
      if (service.serviceId().equals(id) && service.address() != null) {
        return String.valueOf(service.address());
      }
    }
    return "";
  }
}
