// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.Tunnel;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelState;
import io.culvert.emulator.EmulatedTunnel;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** While the settings cannot be read, nobody knows how to connect, so nothing does. */
class HeldTunnelsTest extends TunnelFixture {
  @Test
  void aTunnelThatIsHeldConnectsWhenItIsLetGo() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    gateway().tunnels.hold(() -> true);
    gateway().tunnels.hold(() -> true);

    Tunnel held = gateway().open(spec(tunnel, TunnelMode.SOURCE, Map.of(), null), source);
    assertThat(held.status().state()).isEqualTo(TunnelState.WAITING);
    assertThat(source.all()).isEmpty();
    gateway().tunnels.hold(() -> false);

    source.awaitConnected(1);
    assertThat(source.states()).containsExactly(TunnelState.CONNECTING, TunnelState.CONNECTED);
  }

  @Test
  void aTunnelThatIsUpIsNotHeld() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openSource(tunnel);
    source.awaitConnected(1);

    gateway().tunnels.hold(() -> true);
    tunnel.faults(SOURCE).cut();

    source.awaitConnected(2);
  }

  @Test
  void aTunnelThatIsHeldCanBeClosedAndItsNameUsedAgain() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    TunnelSpec spec = spec(tunnel, TunnelMode.SOURCE, Map.of(), null);
    gateway().tunnels.hold(() -> true);
    gateway().open(spec, status -> {}).close();
    gateway().open(spec, source);

    gateway().tunnels.hold(() -> false);

    source.awaitConnected(1);
    assertThat(emulator.refusals()).isEmpty();
  }
}
