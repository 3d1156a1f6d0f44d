// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

  @ParameterizedTest
  @CsvSource({
    "0, localhost, 0, localhost:0",
    "65535, localhost, 65535, localhost:65535",
    "022, localhost, 22, localhost:22",
    "example.com:22, example.com, 22, example.com:22",
    "127.0.0.1:1, 127.0.0.1, 1, 127.0.0.1:1",
    "[::1]:80, ::1, 80, [::1]:80",
    "[fe80::1%eth0]:80, fe80::1%eth0, 80, [fe80::1%eth0]:80",
    "example.com, example.com, 443, example.com:443",
    "[::1], ::1, 443, [::1]:443"
  })
  void readsEachForm(String text, String host, int port, String shown) {
    HostPort read = HostPort.parse(text, "localhost", 443);

    assertThat(read).isEqualTo(new HostPort(host, port));
    assertThat(read).hasToString(shown);
    assertThat(HostPort.parse(shown, null, -1)).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ":",
        ":22",
        "host:",
        "host: 22",
        "host:-1",
        "host:+1",
        "host:65536",
        "host:100000",
        "host:0x10",
        "host:22:33",
        "::1:22",
        "[::1",
        "[::1]22",
        "[::1]:",
        "[::1]:x",
        "[]:22",
        "[host]:22",
        "[ho:st]:22",
        "[127.0.0.1:1]:22",
        "[1:2:3:4:5:6:7:8:9]:22",
        "host]:22",
        "ho st:22",
        "user@host:22",
        "http://host:22",
        "host/path:22",
        "h\u00f6st:22",
        "65536",
        "99999999999999999999"
      })
  void refusesOtherFormsWithoutRepeatingThem(String text) {
    assertThatThrownBy(() -> HostPort.parse(text, "localhost", 443))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be a port, host:port or [IPv6]:port with a port of 0 to 65535");
  }

  @Test
  void aBarePortOrHostNeedsADefault() {
    assertThat(HostPort.parse("host", null, 443)).isEqualTo(new HostPort("host", 443));
    assertThat(HostPort.parse("22", "host", -1)).isEqualTo(new HostPort("host", 22));
    assertThatThrownBy(() -> HostPort.parse("22", null, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HostPort.parse("host", "localhost", -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HostPort.parse("[::1]", "localhost", -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
