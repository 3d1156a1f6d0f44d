// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ErrorCode;
import io.culvert.config.HostPort;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service may answer instead of a WebSocket. */
class UpgradeAnswerTest extends ConnectFixture {

  private ConnectFailedException answered(String answer) throws Exception {
    ScriptedServer service = service(answer);
    ConnectFailedException failure = failure(service.at("localhost"));
    service.awaitNoConnection();
    return failure;
  }

  private ConnectFailedException cutAfter(String answer) throws Exception {
    ScriptedServer service =
        closing(
            ScriptedServer.tls(
                TestCa.TRUSTED.server("localhost"),
                socket -> {
                  ScriptedServer.readHead(socket.getInputStream());
                  socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                }));
    return failure(service.at("localhost"));
  }

  @ParameterizedTest
  @CsvSource({
    "500, HANDSHAKE, RETRY",
    "502, HANDSHAKE, RETRY",
    "503, HANDSHAKE, RETRY",
    "599, HANDSHAKE, RETRY",
    "429, THROTTLED, RETRY",
    "400, REFUSED, REFUSED",
    "401, REFUSED, REFUSED",
    "403, REFUSED, REFUSED",
    "404, REFUSED, REFUSED",
    "407, REFUSED, REFUSED",
    "431, REFUSED, REFUSED",
    "301, REFUSED, REFUSED",
    "307, REFUSED, REFUSED",
    "200, HANDSHAKE, RETRY",
    "204, HANDSHAKE, RETRY",
  })
  void eachStatusHasItsMeaning(int status, ErrorCode code, Retry retry) throws Exception {
    ConnectFailedException failure =
        answered(
            "HTTP/1.1 "
                + status
                + " Some Reason\r\nchannel-id: channel-9\r\ncontent-length: 0\r\n\r\n");
    assertThat(failure.failure().code()).isEqualTo(code);
    assertThat(failure.retry()).isEqualTo(retry);
    assertThat(failure.failure().httpStatus()).isEqualTo(status);
    assertThat(failure.failure().channelId()).isEqualTo("channel-9");
    assertThat(failure)
        .hasMessageContaining(status + " Some Reason")
        .hasMessageContaining("channel-9");
    assertThat(failure.retryAfter()).isNull();
  }

  @Test
  void refusalShowsTheBeginningOfTheBodyWithoutControlCharacters() throws Exception {
    String body = "Bad\r\n\u001b[31mtoken\u0000 " + "x".repeat(300);
    ConnectFailedException failure =
        answered("HTTP/1.1 403 Forbidden\r\ncontent-length: " + body.length() + "\r\n\r\n" + body);
    assertThat(failure.failure().message())
        .endsWith("403 Forbidden: Bad[31mtoken " + "x".repeat(187) + "…");
  }

  @Test
  void refusalThatRepeatsTheTokensDoesNotShowThem() throws Exception {
    String echo = ACCESS_TOKEN + " " + CLIENT_TOKEN;
    ConnectFailedException failure =
        answered(
            "HTTP/1.1 403 "
                + echo
                + "\r\nchannel-id: "
                + ACCESS_TOKEN
                + "\r\ncontent-length: "
                + echo.length()
                + "\r\n\r\n"
                + echo);
    assertThat(failure).hasMessageContaining("403 **** ****: **** ****");
    assertThat(failure.failure().channelId()).isEqualTo("****");
  }

  /** The time is for all three at once, and long enough for each to get its answer's head. */
  @Test
  void bodyThatDoesNotEndStillTellsTheStatus() throws Exception {
    settings.upgrade = Duration.ofSeconds(4);
    List<String> framings = List.of("content-length: 100", "transfer-encoding: chunked", "x: y");
    List<ScriptedServer> services = new ArrayList<>();
    List<Future<TunnelLink>> attempts = new ArrayList<>();
    for (String framing : framings) {
      ScriptedServer service = service("HTTP/1.1 403 Forbidden\r\n" + framing + "\r\n\r\n");
      services.add(service);
      attempts.add(connect(service.at("localhost")));
    }
    for (int i = 0; i < framings.size(); i++) {
      ConnectFailedException failure = failure(attempts.get(i));
      assertThat(failure.failure().code()).as(framings.get(i)).isEqualTo(ErrorCode.REFUSED);
      services.get(i).awaitNoConnection();
    }
  }

  @Test
  void bodyThatIsCutStillTellsTheStatus() throws Exception {
    ConnectFailedException failure =
        cutAfter("HTTP/1.1 403 Forbidden\r\ncontent-length: 100\r\n\r\nabc");
    assertThat(failure).hasMessageContaining("403 Forbidden: abc");
    assertThat(failure.retry()).isEqualTo(Retry.REFUSED);
  }

  @Test
  void brokenBodyStillTellsTheStatus() throws Exception {
    ConnectFailedException failure =
        answered("HTTP/1.1 403 Forbidden\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n");
    assertThat(failure.retry()).isEqualTo(Retry.REFUSED);
  }

  @Test
  void endlessBodyIsNotReadToItsEnd() throws Exception {
    ConnectFailedException failure =
        answered("HTTP/1.1 403 Forbidden\r\n\r\n" + "y".repeat(1 << 20));
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.REFUSED);
  }

  @ParameterizedTest
  @CsvSource({
    "Retry-After: 7, 7",
    "Retry-After: 0, 0",
    "Retry-After: 99999999999999, 86400",
    "'Date: Sun, 06 Nov 1994 08:49:37 GMT|Retry-After: Sun, 06 Nov 1994 08:50:07 GMT', 30",
    "'Date: Sun, 06 Nov 1994 08:49:37 GMT|Retry-After: Sun, 06 Nov 1994 08:49:07 GMT', 0",
    "'Retry-After: Sun, 06 Nov 1994 08:49:37 GMT', 0",
    "Retry-After: soon,",
    "Retry-After: -1,",
    "X: y,",
  })
  void throttlingTellsHowLongToWait(String headers, Long seconds) throws Exception {
    ConnectFailedException failure =
        answered(
            "HTTP/1.1 429 Too Many Requests\r\n"
                + headers.replace("|", "\r\n")
                + "\r\ncontent-length: 0\r\n\r\n");
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.THROTTLED);
    assertThat(failure.retryAfter())
        .isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$ACCEPT | s3pPLMBiTxaQ9kYGzzhZRbK+xOo= | Sec-WebSocket-Accept",
        "Sec-WebSocket-Accept: | X-Accept: | Sec-WebSocket-Accept",
        "-3.0 | -9.9 | subprotocol 'aws.iot.securetunneling-9.9', offered was",
        "Sec-WebSocket-Protocol | X-Protocol | subprotocol '', offered was",
        "Upgrade: websocket | Upgrade: h2c | does not say",
        "Connection: Upgrade | Connection: close | does not say",
        "channel-id | Sec-WebSocket-Extensions | extensions",
      })
  void invalidUpgradeIsNotAccepted(String part, String instead, String message) throws Exception {
    ConnectFailedException failure = answered(UPGRADED.replace(part, instead));
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.HANDSHAKE);
    assertThat(failure.retry()).isEqualTo(Retry.RETRY);
    assertThat(failure).hasMessageContaining(message);
  }

  @Test
  void everyOfferedSubprotocolMayBeChosen() throws Exception {
    settings.subprotocol = "aws.iot.securetunneling-3.0,aws.iot.securetunneling-1.0";
    TunnelLink link = link(service(UPGRADED.replace("-3.0", "-1.0")).at("localhost"));
    assertThat(link.subprotocol()).isEqualTo("aws.iot.securetunneling-1.0");
    link.channel().close().sync();
  }

  @Test
  void missingChannelIdIsEmpty() throws Exception {
    TunnelLink link = link(service(UPGRADED.replace("channel-id", "x")).at("localhost"));
    assertThat(link.channelId()).isEmpty();
    link.channel().close().sync();
  }

  @Test
  void interimAnswersAreSkipped() throws Exception {
    String interim = "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nx: y\r\n\r\n";
    link(service(interim + UPGRADED).at("localhost")).channel().close().sync();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SSH-2.0-OpenSSH_9.2\r\n", "\u0000\u0001\r\n\r\n", "HTTP/1.1 abc def\r\n\r\n"})
  void garbageIsNoAnswer(String garbage) throws Exception {
    ConnectFailedException failure = answered(garbage);
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.HANDSHAKE);
    assertThat(failure.retry()).isEqualTo(Retry.RETRY);
    assertThat(failure).hasMessageContaining("no valid HTTP answer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 101 OK\r\nx: ", "HTTP/1.1 101 "})
  void hugeHeadersAreNotRead(String begin) throws Exception {
    ConnectFailedException failure = answered(begin + "h".repeat(100_000) + "\r\n\r\n");
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.HANDSHAKE);
    assertThat(failure).hasMessageContaining("16384");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 101 Switch", "HTTP/1.1 101 OK\r\nUpgrade: websocket\r\n"})
  void cutBeforeTheAnswerIsComplete(String begin) throws Exception {
    ConnectFailedException failure = cutAfter(begin);
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.HANDSHAKE);
    assertThat(failure.retry()).isEqualTo(Retry.RETRY);
  }

  @Test
  void silentServiceTimesOut() throws Exception {
    settings.upgrade = SHORT;
    HostPort endpoint =
        closing(ScriptedServer.tls(TestCa.TRUSTED.server("localhost"), ScriptedServer::silent))
            .at("localhost");
    ConnectFailedException failure = failure(endpoint);
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(failure.retry()).isEqualTo(Retry.RETRY);
    assertThat(failure)
        .hasMessageContaining("no answer from the service at " + endpoint + " within 200 ms");
  }
}
