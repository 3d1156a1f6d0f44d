// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.api.ErrorCode;
import io.culvert.api.Tunnel;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelState;
import io.culvert.emulator.EmulatedTunnel;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What stands in the list for a tunnel that cannot be opened. */
class PlaceholderTest extends TunnelFixture {
  @Test
  void aReservedNameCannotBeTaken() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    Tunnel reserved = reserve(null, TunnelState.WAITING);

    assertThatThrownBy(
            () -> gateway().open(spec(tunnel, TunnelMode.SOURCE, Map.of(), null), source))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another tunnel has this name");
    assertThat(reserved.status().state()).isEqualTo(TunnelState.WAITING);
    reserved.close();

    gateway().open(spec(tunnel, TunnelMode.SOURCE, Map.of(), null), source);
    source.awaitConnected(1);
  }

  /** Without its client token the service would refuse the used access token. */
  @Test
  void aTunnelThatHadToWaitGoesOnWithItsClientToken() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    Tunnel opened = openSource(tunnel);
    source.awaitConnected(1);
    Tunnel reserved = reserve(reserve(opened, TunnelState.WAITING), TunnelState.FAILED);
    source.await(TunnelState.CLOSED);

    gateway()
        .tunnels
        .replace(reserved, spec(tunnel, TunnelMode.SOURCE, Map.of(), null), destination);

    destination.awaitConnected(1);
    assertThat(emulator.refusals()).isEmpty();
  }

  private Tunnel reserve(@Nullable Tunnel old, TunnelState state) {
    return gateway()
        .tunnels
        .reserve(
            old,
            "source",
            TunnelMode.SOURCE,
            state,
            TunnelFailure.of(ErrorCode.CONFIGURATION, "by the test"));
  }
}
