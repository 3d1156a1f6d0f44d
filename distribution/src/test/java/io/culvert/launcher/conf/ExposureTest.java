// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No placeholder takes a secret to where it is shown. */
class ExposureTest {
  private static final String ONLY =
      "may be used for secrets only, here access.token, client.token";
  private static final String DEEP = "leads to another placeholder, so it " + ONLY;
  private static final Set<String> SECRET = Set.of("client.token", "access.token");

  private final Exposure exposure =
      new Exposure(
          Map.of("SITE", "a", "DEEP", "x$[secret:tok]")::get,
          Map.of("site", "b", "deep", "$[env:DEEP]")::get);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no placeholder: ]",
        "$[env:SITE].example:443",
        "$[env:NONE]",
        "$[prop:site]$[env:SITE;default=C:\\certs]",
        "$[env:SITE;type=String[];delimiter=|]",
        "\\$[site]",
      })
  void plainVariablesAndPropertiesAreForAllKeys(String text) {
    assertThat(exposure.in(text, SECRET)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "$[secret:tok], secret:tok",
    "$[secret:tok;default=x], secret:tok",
    "a $[secret:$[env:SITE]]:0, secret:\u2026",
    "$[secret:$[secret:tok], secret:",
    "$[conf:access.token], conf:access.token",
    "\\$[conf:access.token] $[env:NONE], conf:access.token",
    "$[other:x;default=$\\[secret:tok\\]], other:x",
    "$[[:;default=$\\[secret:tok\\]], \u2026"
  })
  void allOthersAreForSecretsOnly(String text, String shown) {
    assertThat(exposure.in(text, SECRET)).contains("$[" + shown + "]: " + ONLY);
  }

  @ParameterizedTest
  @CsvSource({
    "$[env:DEEP], env:DEEP",
    "a$[prop:deep;default=x]b, prop:deep",
    "$[env:SITE;default=$[env:SITE]], env:SITE",
    "$[env:NONE;default=$\\[secret:tok\\]], env:NONE",
    "$[env:NONE;default=$[env:NONE;default=$][secret:tok]], env:NONE",
    "$[env:$[env:SITE]], env:\u2026"
  })
  void variablesThatLeadToAnotherPlaceholderAreToo(String text, String shown) {
    assertThat(exposure.in(text, SECRET)).containsExactly("$[" + shown + "]: " + DEEP);
  }

  @Test
  void eachTextOfAListIsLookedAt() {
    assertThat(exposure.in(new String[] {"$[env:SITE]", "$[conf:b]"}, SECRET)).hasSize(1);
    assertThat(exposure.in(List.of("$[conf:b]", "$[conf:b]"), SECRET)).hasSize(1);
    assertThat(exposure.in(1L, SECRET)).isEmpty();
  }

  @Test
  void whereNothingIsSecretThatIsSaid() {
    assertThat(exposure.in("$[secret:tok]", Set.of()))
        .containsExactly(
            "$[secret:tok]: may be used for secrets only, and this component has none");
  }
}
