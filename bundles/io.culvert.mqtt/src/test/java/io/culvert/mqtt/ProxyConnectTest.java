// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.config.HostPort;
import io.culvert.config.WebProxy;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyConnectTest {
  private static final HostPort TARGET = new HostPort("broker.example", 8883);

  private static void ask(String url, String answer, Rest rest) throws Exception {
    try (ScriptedProxy scripted = new ScriptedProxy(answer, 0);
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), scripted.port())) {
      socket.setSoTimeout(30_000);
      new ProxyConnect(WebProxy.parse(url, ""), TARGET).ask(socket);
      rest.look(scripted.request(), new String(socket.getInputStream().readAllBytes()));
    }
  }

  private interface Rest {
    void look(String request, String rest);
  }

  @Test
  void whatFollowsTheAnswerIsTheBrokers() throws Exception {
    ask(
        "proxy",
        "HTTP/1.1 200 Connection established\r\nVia: it\r\n\r\nhello\r\n\r\n",
        (request, rest) -> {
          assertThat(request)
              .isEqualTo(
                  "CONNECT broker.example:8883 HTTP/1.1\r\nHost: broker.example:8883\r\n\r\n");
          assertThat(rest).isEqualTo("hello\r\n\r\n");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "proxy           | HTTP/1.1 407 Who       | wants credentials (407): set the user name",
        "me:s3cret@proxy | HTTP/1.1 407 bWU6czNjcmV0 | wants other credentials (407): set the",
        "me:s3cret@proxy | HTTP/1.0 403 bWU6czNjcmV0 s3cret! | opened no way: 403 **** ****!",
        "proxy           | HTTP/1.1 503           | opened no way: 503",
        "proxy           | SSH-2.0-a              | does not speak HTTP"
      })
  void whatIsNoWayIsSaidWithoutCredentials(String url, String answer, String message) {
    assertThatThrownBy(() -> ask(url, answer + "\r\n\r\n", (request, rest) -> {}))
        .hasMessageStartingWith("the web proxy at proxy:3128 " + message)
        .hasMessageNotContainingAny("s3cret", "bWU6");
  }

  @Test
  void anAnswerWithoutEndIsRefused() {
    assertThatThrownBy(
            () -> ask("proxy", "HTTP/1.1 200 OK\r\n" + "a".repeat(20_000), (request, rest) -> {}))
        .hasMessage("the web proxy at proxy:3128 sent more than 16384 bytes of headers");
  }

  @Test
  void anAnswerThatBreaksOffIsRefused() {
    assertThatThrownBy(() -> ask("proxy", "HTTP/1.1 200", (request, rest) -> {}))
        .hasMessage("the web proxy at proxy:3128 ended the connection");
  }
}
