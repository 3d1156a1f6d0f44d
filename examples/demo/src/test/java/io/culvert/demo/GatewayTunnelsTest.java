// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatewayTunnelsTest {
  private final GatewayTunnels tunnels = new GatewayTunnels();

  @Test
  void aTunnelCountsFromItsFirstConnectionToItsEnd() {
    assertThat(tunnels.isEmpty()).isTrue();
    tunnels.read("2026-11-24T06:23:18.051Z INFO  n-1: connected to localhost:1 as destination (x)");
    tunnels.read("2026-11-24T06:23:20.017Z INFO  n-2: connected to localhost:1 as destination (x)");
    tunnels.read("2026-11-24T06:23:20.948Z WARN  n-1: CLV-LOST it is gone; next attempt in 833 ms");
    tunnels.read("2026-11-24T06:23:21.900Z INFO  n-1: closed: CLV-ENDED the tunnel was closed");
    assertThat(tunnels.isEmpty()).isFalse();
    tunnels.read("2026-11-24T06:23:22.000Z WARN  n-2: failed: CLV-AUTH it is refused");
    assertThat(tunnels.isEmpty()).isTrue();
  }
}
