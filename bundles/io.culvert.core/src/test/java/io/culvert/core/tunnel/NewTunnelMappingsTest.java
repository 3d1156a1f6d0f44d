// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.Secret;
import io.culvert.api.ServiceStatus;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelStatus;
import io.culvert.core.stream.TunnelStreams;
import io.culvert.emulator.EmulatedTunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tunnels begin with the mappings that count then, and with their own before the common ones. */
class NewTunnelMappingsTest extends TunnelFixture {
  @Test
  void mappingsOfATunnelGoBeforeTheCommonOnes() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    map("destinations", "SSH=1");
    openBoth(tunnel);
    LocalClient client = echoClient("SSH");

    change("destinations", "SSH=2", "3");

    client.echo(1000, 1);
    assertThat(service(TunnelMode.DESTINATION, "SSH").address()).isEqualTo(application.endpoint());
    assertThat(logs.infos(TunnelStreams.class)).isEmpty();
  }

  /** The mappings that a tunnel was made with may be old before anybody could tell it. */
  @Test
  void aTunnelStartsWithTheMappingsOfItsStart() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    EchoServer fresh = closing(new EchoServer('N'));
    map("destinations", "SSH=" + application.endpoint());
    openSource(tunnel);
    source.awaitConnected(1);

    ManagedTunnel managed =
        gateway().unlisted(spec(tunnel, TunnelMode.DESTINATION, Map.of(), null), destination);
    gateway().mappings.modified(Map.of("destinations", "SSH=" + fresh.endpoint()));
    try {
      managed.start(Secret.of("0123456789-0123456789-0123456789"));
      destination.awaitConnected(1);
      client("SSH").greeted('N').echo(1000, 1);
    } finally {
      managed.close();
      managed.ended().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void tunnelsOpenedDuringChangesEndUpWithTheLastOne() throws Exception {
    List<EmulatedTunnel> tunnels = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      tunnels.add(emulator.openTunnel("SSH"));
    }
    map("destinations", "SSH=1");
    Gateway gateway = gateway();
    List<Recorder> recorders = new ArrayList<>();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<?> changing =
          executor.submit(
              () -> {
                for (int port = 2; port <= 3000; port++) {
                  gateway.mappings.modified(Map.of("destinations", "SSH=" + port));
                }
              });
      for (EmulatedTunnel tunnel : tunnels) {
        Recorder recorder = new Recorder();
        recorders.add(recorder);
        gateway.open(named("t" + recorders.size(), tunnel), recorder);
      }
      changing.get(60, TimeUnit.SECONDS);
    } finally {
      executor.shutdownNow();
    }
    for (Recorder recorder : recorders) {
      recorder.awaitConnected(1);
    }
    assertThat(gateway.tunnels.tunnels())
        .hasSize(12)
        .flatExtracting(TunnelStatus::services)
        .extracting(ServiceStatus::address)
        .hasSize(12)
        .containsOnly("localhost:3000");
  }

  @Test
  void aStoppedSetOfTunnelsFollowsNoMore() {
    List<String> told = new ArrayList<>();
    Gateway gateway = gateway();
    gateway.tunnels.follow(mended -> told.add("changed"));
    change("destinations", "SSH=1");
    assertThat(told).hasSize(1);

    gateway.tunnels.stop(PATIENCE);
    change("destinations", "SSH=2");

    assertThat(told).hasSize(1);
  }

  private static TunnelSpec named(String name, EmulatedTunnel tunnel) {
    TunnelSpec spec = spec(tunnel, TunnelMode.DESTINATION, Map.of(), null);
    return new TunnelSpec(name, spec.mode(), spec.accessToken(), null, null, null, Map.of(), null);
  }
}
