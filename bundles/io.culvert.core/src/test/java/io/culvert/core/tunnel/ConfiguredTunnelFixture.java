// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.config.SecretValues;
import io.culvert.core.status.ConfigurationReports;
import io.culvert.emulator.EmulatedTunnel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tunnels that are configured, as Declarative Services would make them. */
abstract class ConfiguredTunnelFixture extends TunnelFixture {
  static final String NAME = "gate";

  final SecretValues secrets = new SecretValues();
  final ConfigurationReports reports = new ConfigurationReports();

  ConfiguredTunnel configure(Map<String, Object> properties) {
    ConfiguredTunnel tunnel =
        new ConfiguredTunnel(
            new RegistrationContext().context(), gateway().tunnels, secrets, reports, properties);
    closing(tunnel::deactivate);
    return tunnel;
  }

  /** Returns the configuration of one end of a tunnel. */
  static Map<String, Object> properties(EmulatedTunnel tunnel, String mode) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("service.pid", "pid-1");
    properties.put("name", NAME);
    properties.put("mode", mode);
    properties.put(
        "access.token", tunnel.accessToken(mode.equals("source") ? SOURCE : DESTINATION).reveal());
    return properties;
  }

  static Map<String, Object> with(Map<String, Object> some, String key, Object value) {
    Map<String, Object> more = new HashMap<>(some);
    more.put(key, value);
    return more;
  }

  /** Returns the status of the first tunnel. */
  TunnelStatus status() {
    List<TunnelStatus> tunnels = gateway().tunnels.tunnels();
    assertThat(tunnels).isNotEmpty();
    return tunnels.get(0);
  }

  TunnelState state() {
    return status().state();
  }

  void awaitFailed(ErrorCode code) {
    await(
        () -> {
          TunnelFailure failure = status().failure();
          return state() == TunnelState.FAILED && failure != null && failure.code() == code;
        });
  }

  /** How often a tunnel was tried again because the configuration had changed. */
  int opened() {
    return logs.infos(ConfiguredTunnel.class).size();
  }
}
