// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.webconsole;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoginTest {
  private final Login login = new Login(PasswordHash.of("12345678".toCharArray()));

  @Test
  void onlyTheUserWithThePasswordMay() {
    assertThat(login.test("admin", "12345679")).isFalse();
    assertThat(login.test("root", "12345678")).isFalse();
    assertThat(login.test("admin", "12345678")).isTrue();
    // Now the password is remembered.
    assertThat(login.test("admin", "12345678")).isTrue();
    assertThat(login.test("root", "12345678")).isFalse();
    assertThat(login.test("admin", "12345679")).isFalse();
    assertThat(login.test("admin", "")).isFalse();
  }
}
