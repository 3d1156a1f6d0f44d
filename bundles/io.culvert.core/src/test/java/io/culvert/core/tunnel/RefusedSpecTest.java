// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.api.Secret;
import io.culvert.api.TunnelListener;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tunnels that make no sense are refused before anything is opened. */
class RefusedSpecTest {
  @Test
  void malformedMappingsOfATunnelAreRefusedWhenItIsOpened() {
    try (Gateway gateway = new Gateway(Map.of(), Map.of(), Map.of())) {
      assertThatThrownBy(() -> open(gateway, TunnelMode.DESTINATION, "one.example", "host:0"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("services 'SSH=host:0'", "1 to 65535");
      assertThatThrownBy(() -> open(gateway, TunnelMode.SOURCE, "one.example", "/run/app.sock"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("services 'SSH=/run/app.sock'");
      assertThatThrownBy(() -> open(gateway, TunnelMode.SOURCE, "one.example:0", "22"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("endpoint 'one.example:0'");
      assertThatThrownBy(() -> open(gateway, TunnelMode.SOURCE, null, "22"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("region, endpoint: one of them must be given");
      assertThat(gateway.tunnels.tunnels()).isEmpty();
    }
  }

  private static void open(Gateway gateway, TunnelMode mode, String endpoint, String address) {
    gateway.open(
        new TunnelSpec(
            "bad", mode, Secret.of("token"), null, null, endpoint, Map.of("SSH", address), null),
        TunnelListener.NONE);
  }
}
