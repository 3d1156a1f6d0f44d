// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ErrorCode;
import io.culvert.config.HostPort;
import io.culvert.config.WebProxy;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way through a web proxy. */
class WebProxyConnectTest extends ConnectFixture {
  private static final String NEEDS_CREDENTIALS =
      "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: %s\r\n"
          + "content-length: 0\r\n\r\n";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private ScriptedServer service;

  @BeforeEach
  void startService() throws Exception {
    service = service(UPGRADED);
  }

  /** Opens the way to the service if the credentials are right, or none are wanted. */
  private void relay(Socket client, boolean wantsCredentials) throws Exception {
    String request = ScriptedServer.readHead(client.getInputStream());
    asked.add(request);
    String right =
        Base64.getEncoder().encodeToString(("user:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    if (wantsCredentials && !request.contains("proxy-authorization: Basic " + right + "\r\n")) {
      send(client, NEEDS_CREDENTIALS.formatted("Basic realm=x"));
      return;
    }
    send(client, "HTTP/1.0 200 Connection established\r\n\r\n");
    try (Socket target = new Socket("127.0.0.1", service.at("x").port())) {
      ScriptedServer.start(() -> copy(target, client));
      copy(client, target);
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side has gone.
    }
  }

  private void use(ScriptedServer proxy, String scheme, String credentials) {
    settings.webProxy = WebProxy.parse(scheme + "://" + credentials + proxy.at("localhost"), "");
  }

  private ConnectFailedException answered(String answer) throws Exception {
    ScriptedServer[] self = new ScriptedServer[1];
    self[0] = server(socket -> self[0].answering(answer).play(socket));
    use(self[0], "http", "user:" + PASSWORD + "@");
    ConnectFailedException failure = failure(service.at("localhost"));
    self[0].awaitNoConnection();
    return failure;
  }

  @Test
  void proxyWithoutCredentials() throws Exception {
    use(server(socket -> relay(socket, false)), "http", "");
    HostPort endpoint = service.at("localhost");
    link(endpoint).channel().close().sync();
    assertThat(asked.get(0))
        .startsWith("CONNECT " + endpoint + " HTTP/1.1\r\nhost: " + endpoint + "\r\n")
        .doesNotContainIgnoringCase("proxy-authorization")
        .doesNotContain(ACCESS_TOKEN);
  }

  @Test
  void nameOfTheServiceIsLeftToTheProxy() throws Exception {
    use(server(socket -> relay(socket, false)), "http", "");
    settings.verifyHost = false;
    link(new HostPort("only.the.proxy.knows.example", 443)).channel().close().sync();
    assertThat(asked.get(0)).startsWith("CONNECT only.the.proxy.knows.example:443 ");
    assertThat(service.requests().get(0)).contains("host: only.the.proxy.knows.example\r\n");
  }

  @Test
  void proxyWithCredentials() throws Exception {
    use(server(socket -> relay(socket, true)), "http", "user:" + PASSWORD + "@");
    link(service.at("localhost")).channel().close().sync();
  }

  @Test
  void proxyThroughTls() throws Exception {
    use(
        closing(
            ScriptedServer.tls(
                TestCa.TRUSTED.server("localhost"),
                socket -> {
                  asked.add(ScriptedServer.serverName(socket));
                  relay(socket, true);
                })),
        "https",
        "user:" + PASSWORD + "@");
    TunnelLink link = link(service.at("localhost"));
    assertThat(link.channel().pipeline().names())
        .filteredOn(name -> name.startsWith("SslHandler"))
        .hasSize(2);
    assertThat(asked.get(0)).isEqualTo("localhost");
    link.channel().close().sync();
  }

  @Test
  void proxyOfTheEnvironment() throws Exception {
    String url = "http://" + server(socket -> relay(socket, false)).at("localhost");
    settings.proxyFromEnvironment = true;
    settings.environment = Map.of("HTTPS_PROXY", url);
    link(service.at("localhost")).channel().close().sync();
    assertThat(asked).hasSize(1);
    settings.environment = Map.of("HTTPS_PROXY", url, "NO_PROXY", "localhost");
    link(service.at("localhost")).channel().close().sync();
    assertThat(asked).hasSize(1);
  }

  @Test
  void senselessProxyOfTheEnvironmentIsFinal() throws Exception {
    settings.proxyFromEnvironment = true;
    settings.environment = Map.of("https_proxy", "socks5://user:" + PASSWORD + "@localhost");
    ConnectFailedException failure = failure(service.at("localhost"));
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(failure.retry()).isEqualTo(Retry.FINAL);
    assertThat(failure).hasMessageContaining("https_proxy").hasMessageContaining("http://");
  }

  @Test
  void wrongAndMissingCredentialsAreFinal() throws Exception {
    ScriptedServer proxy = server(socket -> relay(socket, true));
    use(proxy, "http", "user:wrong@");
    ConnectFailedException other = failure(service.at("localhost"));
    assertThat(other.failure().code()).isEqualTo(ErrorCode.PROXY_CREDENTIALS);
    assertThat(other.failure().httpStatus()).isEqualTo(407);
    assertThat(other.retry()).isEqualTo(Retry.FINAL);
    assertThat(other)
        .hasMessageContaining(
            "the web proxy at " + proxy.at("localhost") + " wants other credentials (407)");

    use(proxy, "http", "");
    assertThat(failure(service.at("localhost"))).hasMessageContaining(" wants credentials (407)");
  }

  @Test
  void schemeThatIsNotSupportedIsNamed() throws Exception {
    assertThat(answered(NEEDS_CREDENTIALS.formatted("NTLM")))
        .hasMessageContaining("it offers NTLM, only Basic is supported");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"503 Service Unavailable", "403 Forbidden", "502 Bad", "204 None", "302 Found"})
  void otherAnswersMayPass(String status) throws Exception {
    ConnectFailedException failure =
        answered(
            "HTTP/1.1 "
                + status
                + "\r\ncontent-length: "
                + PASSWORD.length()
                + "\r\n\r\n"
                + PASSWORD);
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.PROXY);
    assertThat(failure.retry()).isEqualTo(Retry.RETRY);
    assertThat(failure.failure().httpStatus()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
    assertThat(failure).hasMessageContaining(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0015\u0003\u0001\r\n\r\n", "220 smtp ready\r\n"})
  void garbageIsNoAnswer(String garbage) throws Exception {
    ConnectFailedException failure = answered(garbage);
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.PROXY);
    assertThat(failure.retry()).isEqualTo(Retry.RETRY);
    assertThat(failure).hasMessageContaining("no valid HTTP answer");
  }

  @Test
  void hugeHeadersAreNotRead() throws Exception {
    assertThat(answered("HTTP/1.1 200 OK\r\nx: " + "h".repeat(100_000) + "\r\n\r\n"))
        .hasMessageContaining("16384");
  }

  @Test
  void cutBeforeTheAnswer() throws Exception {
    use(server(socket -> ScriptedServer.readHead(socket.getInputStream())), "http", "");
    ConnectFailedException cut = failure(service.at("localhost"));
    assertThat(cut.failure().code()).isEqualTo(ErrorCode.PROXY);
    assertThat(cut.retry()).isEqualTo(Retry.RETRY);
  }

  @Test
  void silentProxyTimesOut() throws Exception {
    settings.proxy = SHORT;
    use(server(ScriptedServer::silent), "http", "");
    ConnectFailedException silence = failure(service.at("localhost"));
    assertThat(silence.failure().code()).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(silence.retry()).isEqualTo(Retry.RETRY);
    assertThat(silence).hasMessageContaining("no answer from the web proxy");
  }

  @Test
  void proxyThatIsNotThereIsNamed() throws Exception {
    ScriptedServer gone = server(ScriptedServer::silent);
    use(gone, "http", "");
    gone.close();
    ConnectFailedException failure = failure(service.at("localhost"));
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.TCP);
    assertThat(failure).hasMessageContaining("the web proxy at " + gone.at("localhost"));
  }

  @Test
  void proxyCertificateIsVerifiedLikeTheServices() throws Exception {
    use(
        closing(
            ScriptedServer.tls(
                TestCa.TRUSTED.server("other.example"), socket -> relay(socket, false))),
        "https",
        "");
    ConnectFailedException failure = failure(service.at("localhost"));
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.TLS_TRUST);
    assertThat(failure.retry()).isEqualTo(Retry.FINAL);
    assertThat(failure)
        .hasMessageContaining("of the web proxy at")
        .hasMessageContaining("but for other.example");
    assertThat(asked).isEmpty();
  }

  @Test
  void httpsToAPlainProxyIsNamed() throws Exception {
    use(
        server(
            socket -> {
              socket.getInputStream().read();
              send(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
              ScriptedServer.silent(socket);
            }),
        "https",
        "");
    ConnectFailedException failure = failure(service.at("localhost"));
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.TLS);
    assertThat(failure)
        .hasMessageContaining("the web proxy at")
        .hasMessageContaining("does not speak TLS");
  }

  @Test
  void cancelledAttemptClosesTheConnectionToTheProxy() throws Exception {
    ScriptedServer proxy = server(ScriptedServer::silent);
    use(proxy, "http", "");
    Future<TunnelLink> future = connect(service.at("localhost"));
    proxy.awaitConnection();
    future.cancel(false);
    proxy.awaitNoConnection();
  }
}
