// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.webconsole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.launcher.cli.Surroundings;
import io.culvert.launcher.reference.InputException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebConsoleRequestTest {
  @Test
  void theOptionGoesBeforeTheVariable() {
    assertThat(WebConsoleRequest.find(null, environment(Map.of()))).isEmpty();
    Surroundings variable = environment(Map.of("CULVERT_WEB_CONSOLE", "9000"));
    assertThat(WebConsoleRequest.find(null, variable).orElseThrow().port()).isEqualTo(9000);
    assertThat(WebConsoleRequest.find("0", variable).orElseThrow().port()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "65536", "80 ", "٣"})
  void aPortThatIsNoneIsNamed(String value) {
    assertThatThrownBy(() -> WebConsoleRequest.find(value, environment(Map.of())))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "--web-console '%s': must be a port, 1 to 65535, or 0 for one that is free", value);
    assertThatThrownBy(
            () -> WebConsoleRequest.find(null, environment(Map.of("CULVERT_WEB_CONSOLE", value))))
        .hasMessageStartingWith("CULVERT_WEB_CONSOLE '" + value + "'");
  }

  @Test
  void thePasswordIsNotShown() {
    Surroundings secret = environment(Map.of("CULVERT_WEB_CONSOLE_PASSWORD", "s3cret-password"));
    assertThat(WebConsoleRequest.find("1", secret).orElseThrow())
        .hasToString("WebConsoleRequest[1]");
  }

  private static Surroundings environment(Map<String, String> variables) {
    return new Surroundings(variables, Path.of(""));
  }
}
