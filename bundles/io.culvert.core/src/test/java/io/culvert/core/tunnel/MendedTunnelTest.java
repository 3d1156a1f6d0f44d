// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.emulator.EmulatedTunnel;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** Configured tunnels that fail come back when the configuration that they fail of is mended. */
class MendedTunnelTest extends ConfiguredTunnelFixture {
  @Test
  void aMappingThatComesLaterBringsTheTunnelUp() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH", "HTTP");
    ConfiguredTunnel configured = configure(properties(tunnel, "destination"));
    awaitFailed(ErrorCode.SERVICES);

    change("destinations", "SSH=" + application.endpoint());
    await(() -> String.valueOf(status().failure()).contains("service HTTP of"));
    change("destinations", "SSH=" + application.endpoint(), "HTTP=" + application.endpoint());

    await(() -> state() == TunnelState.CONNECTED);
    assertThat(opened()).isEqualTo(2);
    assertThat(logs.infos(ConfiguredTunnel.class))
        .containsOnly(
            "gate: failed with CLV-SERVICES; the configuration has changed, so it is tried again");
    // The access token was used up: without the same client token the service would have refused.
    assertThat(emulator.refusals()).isEmpty();
    openSource(tunnel);
    echoClient("SSH").echo(1000, 1);

    configured.deactivate();
    assertThat(gateway().tunnels.tunnels())
        .extracting(TunnelStatus::name)
        .containsExactly("source");
  }

  @Test
  void aCaThatIsTrustedLaterBringsTheTunnelUp() throws Exception {
    Object authority = manager.remove("ca.path");
    configure(properties(emulator.openTunnel("SSH"), "source"));
    awaitFailed(ErrorCode.TLS_TRUST);

    manager.put("ca.path", folder.resolve("absent").toString());
    gateway().configure(manager);
    awaitFailed(ErrorCode.CONFIGURATION);
    manager.put("ca.path", authority);
    gateway().configure(manager);

    await(() -> state() == TunnelState.CONNECTED);
    assertThat(opened()).isEqualTo(2);
  }

  @Test
  void aPortThatIsTakenIsLeftByAnotherMapping() throws Exception {
    streams.put("tcp.retry.count", 0);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      mappings.put("sources", "SSH=" + taken.getLocalPort());
      configure(properties(emulator.openTunnel("SSH"), "source"));
      awaitFailed(ErrorCode.LISTEN);

      change("sources", "SSH=0");

      await(() -> state() == TunnelState.CONNECTED);
      assertThat(opened()).isEqualTo(1);
    }
  }

  @Test
  void aPortThatIsTakenIsLeftByAnotherBindAddress() throws Exception {
    streams.put("tcp.retry.count", 0);
    streams.put("bind.address", "127.0.0.1");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      mappings.put("sources", "SSH=" + taken.getLocalPort());
      configure(properties(emulator.openTunnel("SSH"), "source"));
      awaitFailed(ErrorCode.LISTEN);

      streams.put("bind.address", "127.0.0.2");
      gateway().configureStreams(streams);

      await(() -> state() == TunnelState.CONNECTED);
      assertThat(opened()).isEqualTo(1);
    }
  }

  @Test
  void aTunnelThatNobodySaidAServiceForComesWithTheSettings() throws Exception {
    Object endpoint = manager.remove("endpoint");
    configure(properties(emulator.openTunnel("SSH"), "source"));
    awaitFailed(ErrorCode.CONFIGURATION);
    assertThat(status().name()).isEqualTo(NAME);
    assertThat(status().mode()).isEqualTo(TunnelMode.SOURCE);
    assertThat(String.valueOf(status().failure())).contains("region, endpoint");
    assertThat(logs.warnings()).hasSize(1);
    assertThat(logs.warnings().get(0)).contains("is not accepted", "region, endpoint");
    manager.put("ping.period", 30_000);
    gateway().configure(manager);

    manager.put("endpoint", endpoint);
    gateway().configure(manager);

    await(() -> state() == TunnelState.CONNECTED);
    assertThat(gateway().tunnels.tunnels()).hasSize(1);
    assertThat(logs.warnings()).hasSize(1);
    assertThat(logs.infos(ConfiguredTunnel.class)).singleElement().asString().contains("refused");
  }

  @Test
  void aRefusedTunnelIsTriedAtAnotherService() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    tunnel.faults(SOURCE).failHandshakes(403, 1);
    configure(properties(tunnel, "source"));
    awaitFailed(ErrorCode.REFUSED);

    manager.put("endpoint", "127.0.0.1:" + emulator.port());
    gateway().configure(manager);

    await(() -> state() == TunnelState.CONNECTED);
    assertThat(opened()).isEqualTo(1);
  }

  @Test
  void servicesThatNeedNotFitAnyMoreBringTheTunnelUp() throws Exception {
    streams.put("strict.services", true);
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    configure(with(properties(tunnel, "source"), "services", new String[] {"SSH=0", "WEB=0"}));
    awaitFailed(ErrorCode.SERVICES);

    streams.put("strict.services", false);
    gateway().configureStreams(streams);

    await(() -> state() == TunnelState.CONNECTED);
    assertThat(opened()).isEqualTo(1);
  }
}
