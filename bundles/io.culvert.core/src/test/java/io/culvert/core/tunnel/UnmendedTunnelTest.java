// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.emulator.EmulatedTunnel;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Configured tunnels stay as they are, up, failed or gone, where a change can mend nothing. */
class UnmendedTunnelTest extends ConfiguredTunnelFixture {
  @Test
  void anEndpointThatMakesNoSenseLeavesTheRunningTunnelAlone() throws Exception {
    Map<String, Object> properties = properties(emulator.openTunnel("SSH"), "source");
    ConfiguredTunnel configured = configure(properties);
    await(() -> state() == TunnelState.CONNECTED);
    TunnelStatus before = status();

    configured.modified(with(properties, "endpoint", "host:0"));

    assertThat(logs.warnings()).hasSize(1);
    assertThat(logs.warnings().get(0)).contains("stays", "endpoint 'host:0'");
    assertThat(state()).isEqualTo(TunnelState.CONNECTED);
    assertThat(status().channelId()).isEqualTo(before.channelId());
    configured.modified(properties);
    assertThat(status().channelId()).isEqualTo(before.channelId());
  }

  @Test
  void aTunnelThatIsUpStaysWhateverChanges() throws Exception {
    ConfiguredTunnel configured = configure(properties(emulator.openTunnel("SSH"), "source"));
    await(() -> state() == TunnelState.CONNECTED);
    String channel = status().channelId();

    manager.put("ping.period", 30_000);
    gateway().configure(manager);
    change("sources", "OTHER=0");

    assertThat(status().state()).isEqualTo(TunnelState.CONNECTED);
    assertThat(status().channelId()).isEqualTo(channel);
    assertThat(opened()).isZero();
    configured.deactivate();
  }

  @Test
  void aRefusedTokenStaysRefused() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    tunnel.close();
    configure(properties(tunnel, "source"));
    awaitFailed(ErrorCode.REFUSED);

    manager.put("ping.period", 30_000);
    gateway().configure(manager);
    change("sources", "SSH=0");

    assertThat(opened()).isZero();
    assertThat(status().failure()).extracting(TunnelFailure::code).isEqualTo(ErrorCode.REFUSED);
    assertThat(emulator.refusals()).hasSize(1);
  }

  @Test
  void aRefusedTunnelWithAServiceOfItsOwnStaysRefused() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    tunnel.faults(SOURCE).failHandshakes(403, 1);
    configure(with(properties(tunnel, "source"), "endpoint", manager.get("endpoint")));
    awaitFailed(ErrorCode.REFUSED);

    manager.put("endpoint", "127.0.0.1:" + emulator.port());
    gateway().configure(manager);
    manager.remove("endpoint");
    gateway().configure(manager);

    assertThat(opened()).isZero();
    assertThat(emulator.refusals()).hasSize(1);
  }

  @Test
  void aFailureIsNotTriedAgainForAChangeThatCannotMendIt() throws Exception {
    manager.remove("ca.path");
    configure(properties(emulator.openTunnel("SSH"), "source"));
    awaitFailed(ErrorCode.TLS_TRUST);

    change("sources", "SSH=0");
    streams.put("strict.services", true);
    gateway().configureStreams(streams);

    assertThat(opened()).isZero();
  }

  @Test
  void equalValuesOpenNothingAnew() throws Exception {
    Map<String, Object> properties = properties(emulator.openTunnel("SSH"), "destination");
    ConfiguredTunnel configured = configure(properties);
    awaitFailed(ErrorCode.SERVICES);
    String channel = status().channelId();

    for (int i = 0; i < 50; i++) {
      configured.modified(new HashMap<>(properties));
      gateway().mappings.modified(new HashMap<>(mappings));
    }

    assertThat(opened()).isZero();
    assertThat(status().channelId()).isEqualTo(channel);
  }

  @Test
  void aRemovedTunnelDoesNotComeBack() throws Exception {
    ConfiguredTunnel configured = configure(properties(emulator.openTunnel("SSH"), "destination"));
    awaitFailed(ErrorCode.SERVICES);

    configured.modified(with(Map.of(), "enabled", false));
    change("destinations", "SSH=" + application.endpoint());
    configured.deactivate();
    change("destinations", "SSH=1");

    assertThat(gateway().tunnels.tunnels()).isEmpty();
    assertThat(opened()).isZero();
  }
}
