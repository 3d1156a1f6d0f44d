// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.webconsole;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  @Test
  void userAndPasswordAreRead() {
    assertThat(Credentials.of("basic  " + base64("admin:a:ü")))
        .contains(new Credentials("admin", "a:ü"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic", "Basic !", "Basic YWRtaW4=", "Bearer YTpi"})
  void anythingElseIsNone(String header) {
    assertThat(Credentials.of(header)).isEmpty();
    assertThat(Credentials.of(null)).isEmpty();
  }

  @Test
  void thePasswordIsNotShown() {
    assertThat(new Credentials("admin", "s3cret")).hasToString("Credentials[admin]");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
