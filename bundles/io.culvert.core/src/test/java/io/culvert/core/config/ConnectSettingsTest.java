// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.config.HostPort;
import io.culvert.config.WebProxy;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectSettingsTest {
  private static final Duration OK = Duration.ofSeconds(1);
  private static final HostPort TARGET = new HostPort("service.example", 443);

  private static ConnectSettings settings(
      String subprotocol, Duration timeout, @Nullable WebProxy proxy, boolean environment) {
    return new ConnectSettings(
        subprotocol, timeout, OK, OK, OK, null, true, true, proxy, environment, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "a b", "name/1", "a\r\nb"})
  void subprotocolsMustBeNames(String subprotocol) {
    assertThatThrownBy(() -> settings(subprotocol, OK, null, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("subprotocol '" + subprotocol + "'");
  }

  @Test
  void subprotocolsAreSeparatedByCommas() {
    assertThat(settings("a, b,,c-3.0 ", OK, null, false).subprotocols())
        .containsExactly("a", "b", "c-3.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT1H0.001S"})
  void timeoutsAreBounded(Duration timeout) {
    assertThatThrownBy(() -> settings("a", timeout, null, false))
        .hasMessage("connect time-out '" + timeout + "': must be more than 0 and at most 1 hour");
  }

  @Test
  void configuredProxyGoesBeforeTheEnvironment() {
    Map<String, String> environment = Map.of("https_proxy", "other.example");
    WebProxy configured = WebProxy.parse("mine.example", "");
    assertThat(settings("a", OK, configured, true).proxyFor(TARGET, environment))
        .contains(configured);
    assertThat(settings("a", OK, null, true).proxyFor(TARGET, environment))
        .map(WebProxy::address)
        .contains(new HostPort("other.example", 3128));
    assertThat(settings("a", OK, null, false).proxyFor(TARGET, environment)).isEmpty();
    assertThat(
            settings("a", OK, WebProxy.parse("mine.example", ".example"), true)
                .proxyFor(TARGET, environment))
        .isEmpty();
  }

  @Test
  void defaultsVerifyEverything() {
    ConnectSettings defaults = ConnectSettings.defaults();
    assertThat(defaults.verifyChain()).isTrue();
    assertThat(defaults.verifyHost()).isTrue();
    assertThat(defaults.subprotocols()).containsExactly("aws.iot.securetunneling-3.0");
    assertThat(defaults.maxWebSocketPayload()).isEqualTo(131_076);
  }
}
