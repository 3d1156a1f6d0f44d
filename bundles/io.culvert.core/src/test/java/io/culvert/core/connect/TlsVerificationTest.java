// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ErrorCode;
import io.culvert.config.HostPort;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is trusted, and what is said when somebody is not. */
class TlsVerificationTest extends ConnectFixture {

  private HostPort serviceWith(SSLContext tls) throws Exception {
    return service(tls, UPGRADED).at("localhost");
  }

  private ConnectFailedException untrusted(SSLContext tls) throws Exception {
    ConnectFailedException failure = failure(serviceWith(tls));
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.TLS_TRUST);
    assertThat(failure.retry()).isEqualTo(Retry.FINAL);
    return failure;
  }

  @Test
  void wrongHostIsNamedWithTheNamesOfTheCertificate() throws Exception {
    assertThat(untrusted(TestCa.TRUSTED.server("one.example", "two.example", "10.1.2.3")))
        .hasMessageContaining(
            "not for the host localhost but for one.example, two.example, 10.1.2.3");
  }

  @Test
  void untrustedChainIsNamedWithItsIssuer() throws Exception {
    assertThat(untrusted(TestCa.OTHER.server("localhost")))
        .hasMessageContaining("not trusted: issuer CN=Some other CA")
        .hasMessageContaining("extra CA file or directory");
  }

  @Test
  void untrustedChainGoesBeforeTheWrongHost() throws Exception {
    assertThat(untrusted(TestCa.OTHER.server("other.example")))
        .hasMessageContaining("not trusted: issuer CN=Some other CA");
  }

  @Test
  void jdkTrustAloneDoesNotKnowTheTestCa() throws Exception {
    settings.extraCa = null;
    assertThat(untrusted(TestCa.TRUSTED.server("localhost")))
        .hasMessageContaining("not trusted: issuer CN=Culvert test CA");
  }

  @Test
  void expiredCertificateIsNamedWithBothTimes() throws Exception {
    Instant now = Instant.now();
    Instant end = now.minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    assertThat(untrusted(TestCa.TRUSTED.server(now.minus(9, ChronoUnit.DAYS), end, "localhost")))
        .hasMessageContaining("CN=test server")
        .hasMessageContaining("expired on " + end)
        .hasMessageContaining("set the clock");
  }

  @Test
  void certificateOfTheFutureIsNamedWithBothTimes() throws Exception {
    Instant now = Instant.now();
    Instant begin = now.plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    assertThat(untrusted(TestCa.TRUSTED.server(begin, now.plus(9, ChronoUnit.DAYS), "localhost")))
        .hasMessageContaining("is not valid before " + begin);
  }

  @Test
  void addressLiteralIsVerifiedToo() throws Exception {
    ScriptedServer service = service(TestCa.TRUSTED.server("127.0.0.1"), UPGRADED);
    link(service.at("127.0.0.1")).channel().close().sync();
    assertThat(failure(service.at("localhost"))).hasMessageContaining("but for 127.0.0.1");
  }

  /** Each switch drops its own check only, and warns at every connect. */
  @ParameterizedTest
  @CsvSource({
    "false, true, other, localhost, ",
    "false, true, other, wrong.example, not for the host localhost but for wrong.example",
    "true, false, trusted, wrong.example, ",
    "true, false, other, localhost, not trusted: issuer CN=Some other CA",
    "false, false, other, wrong.example, ",
    "true, true, trusted, localhost, ",
  })
  void checksAreSwitchedOffIndependently(
      boolean chain, boolean host, String ca, String name, String error) throws Exception {
    settings.verifyChain = chain;
    settings.verifyHost = host;
    SSLContext tls = (ca.equals("trusted") ? TestCa.TRUSTED : TestCa.OTHER).server(name);
    for (int connect = 1; connect <= 2; connect++) {
      if (error == null) {
        link(serviceWith(tls)).channel().close().sync();
      } else {
        assertThat(untrusted(tls)).hasMessageContaining(error);
      }
      assertThat(logs.warnings())
          .filteredOn(line -> line.contains("chain is not verified"))
          .hasSize(chain ? 0 : connect);
      assertThat(logs.warnings())
          .filteredOn(line -> line.contains("host name is not verified"))
          .hasSize(host ? 0 : connect);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void bothProtocolVersionsAreSpoken(String version) throws Exception {
    SSLContext tls = TestCa.TRUSTED.server("localhost");
    ScriptedServer service =
        server(
            socket -> {
              SSLSocket secure =
                  (SSLSocket) tls.getSocketFactory().createSocket(socket, "client", 1, true);
              secure.setUseClientMode(false);
              secure.setEnabledProtocols(new String[] {version});
              String request = ScriptedServer.readHead(secure.getInputStream());
              secure
                  .getOutputStream()
                  .write(
                      ScriptedServer.fill(UPGRADED, request).getBytes(StandardCharsets.US_ASCII));
              ScriptedServer.silent(secure);
            });
    link(service.at("localhost")).channel().close().sync();
  }

  private ConnectFailedException tlsFailure(ScriptedServer.Script script) throws Exception {
    ConnectFailedException failure = failure(server(script).at("localhost"));
    assertThat(failure.retry()).isEqualTo(Retry.RETRY);
    return failure;
  }

  @Test
  void serviceWithoutTlsIsNamed() throws Exception {
    ConnectFailedException failure =
        tlsFailure(
            socket -> {
              socket
                  .getOutputStream()
                  .write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              ScriptedServer.silent(socket);
            });
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.TLS);
    assertThat(failure).hasMessageContaining("does not speak TLS");
  }

  @Test
  void cutDuringTheHandshake() throws Exception {
    ConnectFailedException failure = tlsFailure(socket -> socket.getInputStream().read());
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.TLS);
    assertThat(failure).hasMessageContaining("cut the connection during the TLS handshake");
  }

  @Test
  void silenceDuringTheHandshake() throws Exception {
    settings.tls = SHORT;
    ConnectFailedException failure = tlsFailure(ScriptedServer::silent);
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(failure)
        .hasMessageContaining("no TLS handshake with the service")
        .hasMessageContaining("within 200 ms");
  }

  @Test
  void alertOfTheServiceMayPass() throws Exception {
    ConnectFailedException failure =
        tlsFailure(
            socket -> {
              socket.getInputStream().read();
              socket.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 40});
              ScriptedServer.silent(socket);
            });
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.TLS);
    assertThat(failure).hasMessageContaining("handshake_failure");
  }
}
