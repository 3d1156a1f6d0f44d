// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ErrorCode;
import io.culvert.api.Secret;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.emulator.EmulatedTunnel;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Access tokens that the service accepts once, and again only with the same client token. */
class TokensTest extends TunnelFixture {
  private static final String CLIENT_TOKEN = "0123456789-0123456789-0123456789-abc";

  @Test
  void aReconnectUsesTheSameClientToken() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openSource(tunnel);
    source.awaitConnected(1);
    String first = clientToken(tunnel);

    tunnel.faults(SOURCE).cut();
    source.awaitConnected(2);

    assertThat(clientToken(tunnel)).isEqualTo(first).matches("[a-zA-Z0-9-]{32,128}");
  }

  @Test
  void aRestartedProcessUsesTheSameClientToken() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    TunnelSpec spec = spec(tunnel, TunnelMode.SOURCE, Map.of(), null);
    Gateway before = newGateway();
    before.open(spec, source);
    source.awaitConnected(1);
    String first = clientToken(tunnel);
    before.close();

    Recorder again = new Recorder();
    newGateway().open(spec, again);

    again.awaitConnected(1);
    assertThat(clientToken(tunnel)).isEqualTo(first);
    assertThat(emulator.refusals()).isEmpty();
  }

  @Test
  void aRestartedProcessThatKeptNothingIsRefusedAsWasForetold() throws Exception {
    manager.remove("state.dir");
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    TunnelSpec spec = spec(tunnel, TunnelMode.SOURCE, Map.of(), null);
    Gateway before = newGateway();
    before.open(spec, source);
    source.awaitConnected(1);
    assertThat(logs.warnings())
        .singleElement()
        .asString()
        .contains("There is no folder for client tokens");
    before.close();

    Recorder again = new Recorder();
    newGateway().open(spec, again);

    TunnelStatus failed = again.await(TunnelState.FAILED);
    assertThat(failed.failure()).isNotNull();
    assertThat(failed.failure().code()).isEqualTo(ErrorCode.REFUSED);
  }

  @Test
  void aGivenClientTokenIsSent() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    gateway()
        .open(
            new TunnelSpec(
                "given",
                TunnelMode.SOURCE,
                Secret.of(tunnel.accessToken(SOURCE).reveal()),
                Secret.of(CLIENT_TOKEN),
                null,
                null,
                Map.of(),
                null),
            source);

    source.awaitConnected(1);
    assertThat(clientToken(tunnel)).isEqualTo(CLIENT_TOKEN);
  }

  @Test
  void aStateDirectoryThatCannotBeMadeIsNoObstacle() throws Exception {
    manager.put("state.dir", manager.get("ca.path") + "/state");
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openSource(tunnel);

    source.awaitConnected(1);
    assertThat(logs.warnings()).anyMatch(line -> line.contains("cannot be kept"));
  }

  private static String clientToken(EmulatedTunnel tunnel) {
    return tunnel.lastHandshake(SOURCE).orElseThrow().header("client-token").orElseThrow();
  }
}
