// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.config.HostPort;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalEndpointTest {

  @ParameterizedTest
  @CsvSource({
    "22, localhost, 22",
    "example.com:80, example.com, 80",
    "127.0.0.1:80, 127.0.0.1, 80",
    "[::1]:80, ::1, 80"
  })
  void readsTcpAddresses(String text, String host, int port) {
    assertThat(LocalEndpoint.parse(text))
        .isEqualTo(new LocalEndpoint.Tcp(new HostPort(host, port)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/run/app.sock", "./app.sock", "run/app.sock:1"})
  void takesWhatHasASlashForAUnixDomainSocket(String text) {
    assertThat(LocalEndpoint.parse(text)).isEqualTo(new LocalEndpoint.Unix(Path.of(text)));
    assertThat(LocalEndpoint.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "host:0", "host", "app.sock", "[::1]", "::1", "65536", "a b:1"})
  void refusesOtherForms(String text) {
    assertThatThrownBy(() -> LocalEndpoint.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must");
  }

  @Test
  void refusesAPathThatIsNone() {
    assertThatThrownBy(() -> LocalEndpoint.parse("/run/\0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("valid path");
  }
}
