// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the interpolation of ConfigAdmin leaves where it finds nothing is no value. */
class UnreplacedTest {
  private static final String SECRET = "ThatNobodyMaySee";

  @Test
  void ofASecretOnlyThePlaceholderIsShownWithoutItsDefault() {
    assertThatThrownBy(
            () -> TunnelConfig.SCHEMA.parse(Map.of("access.token", "$[secret:support-token]")))
        .hasMessage(
            "access.token: nothing replaces $[secret:support-token]: there is no file support-token"
                + " in the folder of secrets, or it may not be read");
    assertThatThrownBy(
            () -> TunnelConfig.SCHEMA.parse(Map.of("access.token", "$[secret:x;default=visible]")))
        .hasMessageContaining(" $[secret:x]: ")
        .hasMessageNotContaining("visible");
  }

  @ParameterizedTest
  @CsvSource({
    "$[env:SSH_HOST], there is no environment variable SSH_HOST",
    "$[secret:host], 'there is no file host in the folder of secrets, or it may not be" + " read'",
    "$[prop:ssh.host], neither the framework nor Java has a property ssh.host",
    "$[conf:host], the same configuration has no key host"
  })
  void ofAPlaceholderItIsSaidWhereItsValueWasLookedFor(String placeholder, String missing) {
    assertThatThrownBy(
            () -> Mappings.SCHEMA.parse(Map.of("destinations", "SSH=" + placeholder + ":22")))
        .hasMessage(
            "destinations 'SSH="
                + placeholder
                + ":22': nothing replaces "
                + placeholder
                + ": "
                + missing);
  }

  /** A secret may be a part of a value that hides it. */
  @Test
  void whatWasReplacedIsNotShownBesideWhatWasNot() {
    assertThatThrownBy(
            () ->
                TunnelSettings.SCHEMA.parse(
                    Map.of("web.proxy", "http://u:" + SECRET + "@$[env:HOST]:$[env:PORT]")))
        .hasMessageContainingAll("$[env:HOST]", "; web.proxy: nothing replaces $[env:PORT]: ")
        .hasMessageNotContaining(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping.period", "tls.verify.host"})
  void aPlaceholderIsNamedWhateverItStandsFor(String key) {
    assertThatThrownBy(() -> TunnelSettings.SCHEMA.parse(Map.of(key, "$[env:NOWHERE]")))
        .hasMessage(
            key
                + " '$[env:NOWHERE]': nothing replaces $[env:NOWHERE]: there is no environment"
                + " variable NOWHERE");
  }

  @Test
  void anOptionMayBeAPlaceholderToo() {
    assertThatThrownBy(
            () -> TunnelConfig.SCHEMA.parse(Map.of("enabled", false, "mode", "$[prop:mode]")))
        .hasMessageStartingWith("mode '$[prop:mode]': nothing replaces $[prop:mode]: neither");
  }
}
