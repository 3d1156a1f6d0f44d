// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.culvert.api.ErrorCode;
import io.culvert.api.Secret;
import io.culvert.api.SecretDecodingException;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.core.config.Decoders;
import io.culvert.core.config.SecretValues;
import io.culvert.core.status.ConfigurationReports;
import io.culvert.emulator.EmulatedTunnel;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configured tunnels that fail come back when the configuration that they fail of is mended. */
class ConfiguredTunnelTest extends TunnelFixture {
  private static final String NAME = "gate";

  private final SecretValues secrets = new SecretValues();

  @Test
  void aMappingThatComesLaterBringsTheTunnelUp() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH", "HTTP");
    ConfiguredTunnel configured = configure(properties(tunnel, "destination"));
    awaitFailed(ErrorCode.SERVICES);

    map("destinations", "SSH=" + application.endpoint());
    await(() -> String.valueOf(status().failure()).contains("service HTTP of"));
    map("destinations", "SSH=" + application.endpoint(), "HTTP=" + application.endpoint());

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

      map("sources", "SSH=0");

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
  void aTunnelWhoseTokenIsEncryptedWaitsForTheDecoderAndThenConnects() throws Exception {
    Map<String, Object> properties = properties(emulator.openTunnel("SSH"), "source");
    String token = (String) properties.put("access.token", "cipher");
    properties.put("kura.service.pid", "support");
    configure(properties);
    await(() -> state() == TunnelState.WAITING);
    assertThat(status().failure())
        .isEqualTo(
            TunnelFailure.of(ErrorCode.SECRET, "access.token: waits for the secret decoder"));

    Decoders.come(
        secrets,
        value -> {
          throw new SecretDecodingException("damaged");
        });
    awaitFailed(ErrorCode.SECRET);
    assertThat(emulator.refusals()).isEmpty();
    Decoders.come(secrets, value -> Secret.of(token));

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
    ConfigurationReports reports = new ConfigurationReports();
    there.add(new ConfiguredTunnel(gateway().tunnels, secrets, reports, properties));

    Decoders.come(secrets, value -> Secret.of(token));

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
    map("sources", "SSH=0");
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
    map("sources", "OTHER=0");

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
    map("sources", "SSH=0");

    assertThat(opened()).isZero();
    assertThat(status().failure()).extracting(TunnelFailure::code).isEqualTo(ErrorCode.REFUSED);
    assertThat(emulator.refusals()).hasSize(1);
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
  void aFailureIsNotTriedAgainForAChangeThatCannotMendIt() throws Exception {
    manager.remove("ca.path");
    configure(properties(emulator.openTunnel("SSH"), "source"));
    awaitFailed(ErrorCode.TLS_TRUST);

    map("sources", "SSH=0");
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

  @ParameterizedTest
  @ValueSource(strings = {NAME, "other"})
  void aTunnelThatIsOpenedAnewListensOnTheSamePort(String name) throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
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

  @Test
  void aRemovedTunnelDoesNotComeBack() throws Exception {
    ConfiguredTunnel configured = configure(properties(emulator.openTunnel("SSH"), "destination"));
    awaitFailed(ErrorCode.SERVICES);

    configured.modified(with(Map.of(), "enabled", false));
    map("destinations", "SSH=" + application.endpoint());
    configured.deactivate();
    map("destinations", "SSH=1");

    assertThat(gateway().tunnels.tunnels()).isEmpty();
    assertThat(opened()).isZero();
  }

  private ConfiguredTunnel configure(Map<String, Object> properties) {
    ConfiguredTunnel configured =
        new ConfiguredTunnel(gateway().tunnels, secrets, new ConfigurationReports(), properties);
    closing(configured::deactivate);
    return configured;
  }

  private static Map<String, Object> properties(EmulatedTunnel tunnel, String mode) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("service.pid", "pid-1");
    properties.put("name", NAME);
    properties.put("mode", mode);
    properties.put(
        "access.token", tunnel.accessToken(mode.equals("source") ? SOURCE : DESTINATION).reveal());
    return properties;
  }

  private static Map<String, Object> with(Map<String, Object> some, String key, Object value) {
    Map<String, Object> more = new HashMap<>(some);
    more.put(key, value);
    return more;
  }

  private void map(String key, String... texts) {
    mappings.put(key, texts);
    gateway().mappings.modified(new HashMap<>(mappings));
  }

  private TunnelStatus status() {
    List<TunnelStatus> tunnels = gateway().tunnels.tunnels();
    assertThat(tunnels).isNotEmpty();
    return tunnels.get(0);
  }

  private TunnelState state() {
    return status().state();
  }

  private void awaitFailed(ErrorCode code) {
    await(
        () -> {
          TunnelFailure failure = status().failure();
          return state() == TunnelState.FAILED && failure != null && failure.code() == code;
        });
  }

  /** How often a tunnel was tried again because the configuration had changed. */
  private int opened() {
    return logs.infos(ConfiguredTunnel.class).size();
  }
}
