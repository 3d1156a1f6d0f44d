// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerAddressTest {
  @Test
  void tlsIsSpokenUnlessAskedOtherwise() {
    assertThat(BrokerAddress.parse("localhost:8883"))
        .isEqualTo(new BrokerAddress(true, "localhost", 8883))
        .isEqualTo(BrokerAddress.parse("mqtts://localhost:8883"))
        .hasToString("mqtts://localhost:8883");
    assertThat(BrokerAddress.parse("mqtt://127.0.0.2:1883"))
        .isEqualTo(new BrokerAddress(false, "127.0.0.2", 1883));
    assertThat(BrokerAddress.parse("[::1]:1")).hasToString("mqtts://[::1]:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"broker.example:8883", "10.0.0.1:8883", "[fe80::1]:1", "localhost.evil.example:1"})
  void anotherMachineIsRefused(String text) {
    assertThatThrownBy(() -> BrokerAddress.parse(text))
        .hasMessageContaining("must be localhost, 127.0.0.1 or [::1]")
        .hasMessageContaining("this machine only");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "localhost:",
        "localhost:x",
        "http://localhost:1",
        "::1:8883",
        "localhost@evil:1",
        "user:pass@localhost:1"
      })
  void anotherFormIsRefused(String text) {
    assertThatThrownBy(() -> BrokerAddress.parse(text)).hasMessageStartingWith("must be HOST:PORT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:0", "localhost:65536"})
  void aPortThatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> BrokerAddress.parse(text))
        .hasMessage("must have a port from 1 to 65535");
  }
}
