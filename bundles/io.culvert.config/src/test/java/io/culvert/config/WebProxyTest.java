// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebProxyTest {
  @ParameterizedTest
  @CsvSource({
    "http://proxy.example:8080, proxy.example:8080, false, ,",
    "http://proxy.example, proxy.example:3128, false, ,",
    "HTTP://proxy.example/, proxy.example:3128, false, ,",
    "proxy.example:8080, proxy.example:8080, false, ,",
    "https://proxy.example, proxy.example:3128, true, ,",
    "https://[::1]:8080, [::1]:8080, true, ,",
    "http://[fd00::1], [fd00::1]:3128, false, ,",
    "http://user:pass@proxy.example, proxy.example:3128, false, user, pass",
    "http://us%65r:p%40s%3A%25%C3%A4+@proxy.example, proxy.example:3128, false, user, p@s:%ä+",
    "http://user:p@ss:word@[::1]:1, [::1]:1, false, user, p@ss:word",
    "http://user@proxy.example, proxy.example:3128, false, user, ''",
    "http://user:@proxy.example, proxy.example:3128, false, user, ''",
  })
  void urlIsRead(String url, String address, boolean tls, String user, String password) {
    WebProxy proxy = WebProxy.parse(url, "");
    assertThat(proxy.address()).hasToString(address);
    assertThat(proxy.tls()).isEqualTo(tls);
    assertThat(proxy.user()).isEqualTo(user);
    assertThat(proxy.password() == null ? null : proxy.password().reveal()).isEqualTo(password);
  }

  @ParameterizedTest
  @CsvSource({
    "socks5://user:hidden@proxy.example, scheme must be http:// or https://",
    "ftp://proxy.example, scheme",
    "http://, address must be",
    "http://user:hidden@, address must be",
    "http://user:hidden@proxy.example:99999, port of 1 to 65535",
    "http://user:hidden@proxy.example:0, port of 1 to 65535",
    "http://user:hidden@proxy.example:x, address must be",
    "http://user:hidden@proxy.example/path, nothing after it",
    "http://user:hidden@::1, address must be",
    "http://user:hidden%@proxy.example, must be followed by",
    "http://user:hidden%4@proxy.example, must be followed by",
    "http://user:hidden%zz@proxy.example, must be followed by",
    "http://user:hidden%ff@proxy.example, must be UTF-8",
    "http://:hidden@proxy.example, user name before",
    "http://a%3Ab:hidden@proxy.example, colon",
  })
  void badUrlIsNamedWithoutItsCredentials(String url, String message) {
    assertThatThrownBy(() -> WebProxy.parse(url, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(the|in the) .*")
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hidden"));
  }

  @Test
  void textFormHidesTheCredentials() {
    assertThat(WebProxy.parse("https://user:hidden@proxy.example", ""))
        .hasToString("https://proxy.example:3128 with credentials");
    assertThat(WebProxy.parse("http://proxy.example", "")).hasToString("http://proxy.example:3128");
  }

  @Test
  void lowerCaseVariablesGoFirstAndEmptyOnesCountAsAbsent() {
    WebProxy lower =
        WebProxy.fromEnvironment(
                Map.of(
                    "https_proxy",
                    "lower",
                    "HTTPS_PROXY",
                    "upper",
                    "no_proxy",
                    "a",
                    "NO_PROXY",
                    "b"))
            .orElseThrow();
    assertThat(lower.address().host()).isEqualTo("lower");
    assertThat(lower.noProxy()).containsExactly("a");

    WebProxy upper =
        WebProxy.fromEnvironment(
                Map.of("https_proxy", " ", "HTTPS_PROXY", "upper", "NO_PROXY", "b, c d"))
            .orElseThrow();
    assertThat(upper.address().host()).isEqualTo("upper");
    assertThat(upper.noProxy()).containsExactly("b", "c", "d");

    assertThat(WebProxy.fromEnvironment(Map.of("http_proxy", "other"))).isEmpty();
  }

  @Test
  void badVariableIsNamed() {
    assertThatThrownBy(() -> WebProxy.fromEnvironment(Map.of("HTTPS_PROXY", "socks://hidden")))
        .hasMessageStartingWith("environment variable HTTPS_PROXY names no web proxy: the scheme")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hidden"));
  }

  @ParameterizedTest
  @CsvSource({
    "*, any.example, 443, true",
    "example.com, example.com, 443, true",
    "example.com, EXAMPLE.com., 443, true",
    "example.com, a.b.example.com, 443, true",
    "example.com, notexample.com, 443, false",
    "example.com, example.com.evil.example, 443, false",
    ".example.com, a.example.com, 443, true",
    ".example.com, example.com, 443, true",
    "*.example.com, a.example.com, 443, true",
    "example.com:443, example.com, 443, true",
    "example.com:443, example.com, 8443, false",
    ".example.com:8443, a.example.com, 8443, true",
    "10.1.2.3, 10.1.2.3, 443, true",
    "10.1.2.3, 10.1.2.30, 443, false",
    "10.1.2.3:443, 10.1.2.3, 443, true",
    "10.1.2.3:443, 10.1.2.3, 80, false",
    "2.3, 10.1.2.3, 443, false",
    "10.0.0.0/8, 10.255.0.1, 443, true",
    "10.0.0.0/8, 11.0.0.1, 443, false",
    "10.1.2.0/23, 10.1.3.255, 443, true",
    "10.1.2.0/23, 10.1.4.0, 443, false",
    "0.0.0.0/0, 1.2.3.4, 443, true",
    "0.0.0.0/0, ::1, 443, false",
    "10.0.0.0/8, ten.example, 443, false",
    "10.0.0.0/33, 10.0.0.0, 443, false",
    "10.0.0.0/x, 10.0.0.0, 443, false",
    "ten/8, 10.0.0.0, 443, false",
    "::1, 0:0:0:0:0:0:0:1, 443, true",
    "[::1], ::1, 443, true",
    "[::1]:443, ::1, 443, true",
    "[::1]:443, ::1, 80, false",
    "fd00::/8, fd12::1, 443, true",
    "fd00::/8, fe12::1, 443, false",
    ".,  example.com, 443, false",
    "':', example.com, 443, false",
    "'other.example,example.com', example.com, 443, true",
    "'other.example example.com', example.com, 443, true",
    "'', example.com, 443, false",
  })
  void noProxyRules(String noProxy, String host, int port, boolean bypasses) {
    WebProxy proxy = WebProxy.parse("http://proxy.example", noProxy);
    assertThat(proxy.bypasses(new HostPort(host, port))).isEqualTo(bypasses);
  }
}
