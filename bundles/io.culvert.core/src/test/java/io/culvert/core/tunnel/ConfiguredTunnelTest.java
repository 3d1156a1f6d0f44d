// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.culvert.api.ErrorCode;
import io.culvert.api.Secret;
import io.culvert.api.SecretDecodingException;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.emulator.EmulatedTunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configured tunnels wait, are listed while they cannot be opened, and are opened anew. */
class ConfiguredTunnelTest extends ConfiguredTunnelFixture {
  @Test
  void aTunnelWhoseTokenIsEncryptedWaitsForTheDecoderAndThenConnects() throws Exception {
    Map<String, Object> properties = properties(emulator.openTunnel("SSH"), "source");
    String token = (String) properties.put("access.token", "cipher");
    properties.put("kura.service.pid", "support");
    configure(properties);
    await(() -> state() == TunnelState.WAITING);
    assertThat(status().failure())
        .isEqualTo(
            TunnelFailure.of(
                ErrorCode.SECRET,
                "access.token: is encrypted, and waits for a service"
                    + " io.culvert.api.SecretDecoder"));

    secrets.setDecoder(
        value -> {
          throw new SecretDecodingException("damaged");
        });
    awaitFailed(ErrorCode.SECRET);
    assertThat(logs.warnings())
        .singleElement()
        .asString()
        .endsWith(
            "CLV-SECRET support: is not accepted, the tunnel stays closed:"
                + " access.token: cannot be decoded: damaged");
    assertThat(emulator.refusals()).isEmpty();
    secrets.setDecoder(value -> Secret.of(token));

    await(() -> state() == TunnelState.CONNECTED);
    assertThat(gateway().tunnels.tunnels()).hasSize(1);
  }

  /** Whoever is told of a decoder is told of it even if it is removed meanwhile. */
  @Test
  void aTunnelThatIsRemovedWhileADecoderComesStaysAway() throws Exception {
    Map<String, Object> properties = properties(emulator.openTunnel("SSH"), "source");
    String token = (String) properties.put("access.token", "cipher");
    properties.put("kura.service.pid", "support");
    List<ConfiguredTunnel> there = new ArrayList<>();
    secrets.follow(() -> there.forEach(ConfiguredTunnel::deactivate));
    there.add(
        new ConfiguredTunnel(
            new RegistrationContext().context(), gateway().tunnels, secrets, reports, properties));

    secrets.setDecoder(value -> Secret.of(token));

    assertThat(gateway().tunnels.tunnels()).isEmpty();
    assertThat(reports.current()).isEmpty();
  }

  @Test
  void aTunnelWithAWrongConfigurationIsListedUntilItIsRight() throws Exception {
    Map<String, Object> properties = properties(emulator.openTunnel("SSH"), "source");
    ConfiguredTunnel configured = configure(with(properties, "version", "V9"));
    awaitFailed(ErrorCode.CONFIGURATION);
    assertThat(status().name()).isEqualTo(NAME);
    assertThat(status().endpoint()).isEmpty();
    assertThat(String.valueOf(status().failure())).contains("version 'V9'");
    int lines = logs.lines().size();

    for (int i = 0; i < 50; i++) {
      configured.modified(with(properties, "version", "V9"));
    }
    change("sources", "SSH=0");
    assertThat(logs.lines().subList(lines, logs.lines().size()))
        .noneMatch(line -> line.startsWith("WARN") || line.contains("ConfiguredTunnel"));
    configured.modified(properties);

    await(() -> state() == TunnelState.CONNECTED);
    assertThat(gateway().tunnels.tunnels()).hasSize(1);
  }

  @Test
  void aTunnelWhoseNameIsTakenIsListedByItsPid() throws Exception {
    Map<String, Object> properties = properties(emulator.openTunnel("SSH"), "source");
    configure(properties);
    await(() -> state() == TunnelState.CONNECTED);

    ConfiguredTunnel second = configure(with(properties, "service.pid", "pid-2"));

    assertThat(gateway().tunnels.tunnels())
        .extracting(TunnelStatus::name, TunnelStatus::state)
        .containsExactly(tuple(NAME, TunnelState.CONNECTED), tuple("pid-2", TunnelState.FAILED));
    second.deactivate();
    assertThat(gateway().tunnels.tunnels()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {NAME, "other"})
  void aTunnelThatIsOpenedAnewListensOnTheSamePort(String name) throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    int port = freePort();
    mappings.put("sources", "SSH=" + port);
    streams.put("tcp.retry.count", 0);
    Map<String, Object> properties = properties(tunnel, "source");
    ConfiguredTunnel configured = configure(properties);
    await(() -> state() == TunnelState.CONNECTED);

    for (int i = 0; i < 10; i++) {
      // The second of two changes at once comes while the first one waits for the port.
      configured.modified(with(properties, "version", "V3"));
      configured.modified(with(with(properties, "name", name), "version", "V" + (i % 2 + 1)));
      await(() -> state() == TunnelState.CONNECTED);
      assertThat(status().name()).isEqualTo(name);
    }

    assertThat(emulator.refusals()).isEmpty();
    assertThat(logs.lines()).noneMatch(line -> line.contains("CLV-LISTEN"));
  }
}
