// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebProxyHintTest {
  private static final String PROXY = "http://proxy.example:3128";

  @Test
  void withoutAWebProxyNothingIsSaid() {
    assertThat(WebProxyHint.of(Map.of())).isEmpty();
    assertThat(WebProxyHint.of(Map.of("https_proxy", ""))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https_proxy", "HTTPS_PROXY", "http_proxy"})
  void withAWebProxyTheWayAroundIsSaid(String name) {
    assertThat(WebProxyHint.of(Map.of(name, PROXY)))
        .contains("export no_proxy=localhost,127.0.0.1");
  }

  @Test
  void whatIsReachedWithoutTheProxyStaysSo() {
    assertThat(WebProxyHint.of(Map.of("https_proxy", PROXY, "NO_PROXY", ".example")))
        .contains("export no_proxy=localhost,127.0.0.1,\"${no_proxy:-$NO_PROXY}\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", ".example, LocalHost", "*"})
  void aWayAroundThatIsThereIsEnough(String names) {
    assertThat(WebProxyHint.of(Map.of("https_proxy", PROXY, "no_proxy", names))).isEmpty();
  }
}
