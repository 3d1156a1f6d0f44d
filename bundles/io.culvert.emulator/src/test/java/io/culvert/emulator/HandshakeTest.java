// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import static io.culvert.emulator.registry.TunnelEnd.DESTINATION;
import static io.culvert.emulator.registry.TunnelEnd.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.registry.RotationMode;
import io.culvert.emulator.registry.TokenPolicy;
import java.io.EOFException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of the handshake, with requests written by hand. */
@ExtendWith(LeakCheck.class)
class HandshakeTest {
  private static final String CLIENT_TOKEN = "0123456789-abcdefghijklmnopqrstuvwxyz";
  private static final Duration LONG = Duration.ofSeconds(30);

  private Emulator emulator;
  private EmulatedTunnel tunnel;

  @BeforeEach
  void start() throws Exception {
    emulator = Emulator.builder().start();
    tunnel = emulator.openTunnel("SSH", "HTTP");
  }

  @AfterEach
  void stop() {
    emulator.close();
  }

  @Test
  void goodRequestIsUpgraded() throws Exception {
    try (RawClient client = RawClient.connect(emulator)) {
      RawReply reply = client.handshake(good());
      assertThat(reply.status()).isEqualTo(101);
      assertThat(reply.channelId()).isNotEmpty();
      assertThat(reply.headers())
          .containsEntry("sec-websocket-protocol", "aws.iot.securetunneling-3.0")
          .containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      assertThat(tunnel.awaitConnected(SOURCE, LONG)).isTrue();
      assertThat(tunnel.lastHandshake(SOURCE).orElseThrow().channelId())
          .isEqualTo(reply.channelId());
    }
    assertThat(tunnel.awaitDisconnected(SOURCE, LONG)).isTrue();
  }

  @Test
  void tokenMayComeInTheCookie() throws Exception {
    Handshake cookie =
        Handshake.withoutToken(DESTINATION)
            .subprotocols(3)
            .header(
                "Cookie", "a=b; awsiot-tunnel-token=" + tunnel.accessToken(DESTINATION).reveal());
    assertThat(reply(cookie).status()).isEqualTo(101);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/other?local-proxy-mode=source",
        "/tunnel/?local-proxy-mode=source",
        "/tunnel",
        "/tunnel?local-proxy-mode=",
        "/tunnel?local-proxy-mode=both",
        "/tunnel?local-proxy-mode=SOURCE",
        "/tunnel?local-proxy-mode=source&local-proxy-mode=source"
      })
  void wrongPathOrModeIsABadRequest(String target) throws Exception {
    assertRefused(good().target(target), 400, "Invalid");
  }

  @Test
  void notExactlyOneTokenIsABadRequest() throws Exception {
    String token = tunnel.accessToken(SOURCE).reveal();
    assertRefused(Handshake.withoutToken(SOURCE).subprotocols(3), 400, "one access token");
    assertRefused(good().header("access-token", token), 400, "one access token");
    assertRefused(good().header("Cookie", "awsiot-tunnel-token=" + token), 400, "one access token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0123456789012345678901234567890", // one too short
        "01234567890123456789012345678901_",
        "01234567890123456789012345678901 x"
      })
  void malformedClientTokenIsABadRequest(String clientToken) throws Exception {
    assertRefused(good().clientToken(clientToken), 400, "client token");
  }

  @Test
  void clientTokenLengthIsBounded() throws Exception {
    assertRefused(good().clientToken("a".repeat(129)), 400, "client token");
    assertThat(reply(good().clientToken("a".repeat(128))).status()).isEqualTo(101);
    assertThat(reply(good().clientToken("a".repeat(128))).status()).isEqualTo(101);
  }

  @Test
  void twoClientTokensAreABadRequest() throws Exception {
    assertRefused(good().clientToken(CLIENT_TOKEN).clientToken(CLIENT_TOKEN), 400, "client token");
  }

  @Test
  void tokenOfTheOtherEndIsABadRequest() throws Exception {
    Handshake mismatch =
        Handshake.withoutToken(SOURCE)
            .subprotocols(3)
            .header("access-token", tunnel.accessToken(DESTINATION).reveal());
    assertRefused(mismatch, 400, "source");
  }

  @Test
  void noKnownSubprotocolIsABadRequest() throws Exception {
    assertRefused(Handshake.of(tunnel, SOURCE), 400, "subprotocol");
    assertRefused(Handshake.of(tunnel, SOURCE).subprotocols(4), 400, "subprotocol");
  }

  @Test
  void requestThatIsNoUpgradeIsABadRequest() throws Exception {
    assertRefused(good().without("Upgrade"), 400, "upgrade");
    assertRefused(good().without("Sec-WebSocket-Key"), 400, "upgrade");
    assertRefused(good().method("POST"), 400, "upgrade");
    assertThat(reply(good()).status()).as("none of these used the token").isEqualTo(101);
  }

  @Test
  void requestThatIsNoHttpIsABadRequest() throws Exception {
    try (RawClient client = RawClient.connect(emulator)) {
      assertThat(client.request("nonsense\r\n\r\n").status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource({"3 2 1,3", "2 3,2", "1,1", "4 1 3,1"})
  void firstOfferedKnownSubprotocolIsChosen(String offered, int chosen) throws Exception {
    Handshake handshake = Handshake.of(tunnel, SOURCE);
    List.of(offered.split(" ")).forEach(v -> handshake.subprotocols(Integer.parseInt(v)));
    assertThat(reply(handshake).headers())
        .containsEntry("sec-websocket-protocol", "aws.iot.securetunneling-" + chosen + ".0");
  }

  @Test
  void subprotocolsMayBeOfferedInOneLine() throws Exception {
    Handshake handshake =
        Handshake.of(tunnel, SOURCE)
            .header("Sec-WebSocket-Protocol", "x, aws.iot.securetunneling-2.0");
    assertThat(reply(handshake).headers())
        .containsEntry("sec-websocket-protocol", "aws.iot.securetunneling-2.0");
  }

  @Test
  void unknownTokenIsForbidden() throws Exception {
    Handshake unknown =
        Handshake.withoutToken(SOURCE).subprotocols(3).header("access-token", "nobody-knows-it");
    assertRefused(unknown, 403, "Invalid access token");
  }

  @Test
  void usedTokenIsForbiddenWithoutTheSameClientToken() throws Exception {
    assertThat(reply(good().clientToken(CLIENT_TOKEN)).status()).isEqualTo(101);
    assertRefused(good(), 403, "previously used");
    assertRefused(good().clientToken(CLIENT_TOKEN + "-2"), 403, "previously used");
    assertThat(reply(good().clientToken(CLIENT_TOKEN)).status()).isEqualTo(101);
    assertThat(tunnel.traffic(SOURCE).connects()).isEqualTo(2);
  }

  @Test
  void tokenFirstUsedWithoutClientTokenIsUsedUp() throws Exception {
    assertThat(reply(good()).status()).isEqualTo(101);
    assertRefused(good(), 403, "previously used");
    assertRefused(good().clientToken(CLIENT_TOKEN), 403, "previously used");
  }

  @Test
  void tokenMayBeUsedAgainIfThePolicySaysSo() throws Exception {
    try (Emulator lenient = Emulator.builder().tokenPolicy(TokenPolicy.REUSABLE).start()) {
      EmulatedTunnel other = lenient.openTunnel("SSH");
      RawClient.open(lenient, other, SOURCE).close();
      RawClient.open(lenient, other, SOURCE).close();
    }
  }

  @Test
  void requestLengthIsBounded() throws Exception {
    assertRefused(good().paddedTo(4097), 431, "4096");
    assertRefused(good().paddedTo(100_000), 431, "4096");
    assertThat(reply(good().paddedTo(4096)).status()).isEqualTo(101);
  }

  @Test
  void tokenOfAClosedTunnelIsRefused() throws Exception {
    tunnel.close();
    assertRefused(good(), 410, "closed");
  }

  @Test
  void rotatedTokenIsForbiddenAndTheNewOneIsNot() throws Exception {
    Handshake old = good();
    tunnel.rotate(RotationMode.SOURCE);
    assertRefused(old, 403, "rotated");
    assertThat(reply(good()).status()).isEqualTo(101);
  }

  @Test
  void handshakesFailOnRequestAndTokensStayFresh() throws Exception {
    tunnel.faults(SOURCE).failHandshakes(503, 2, Map.of("Retry-After", "7"));
    RawReply first = reply(good());
    assertThat(first.status()).isEqualTo(503);
    assertThat(first.headers()).containsEntry("retry-after", "7").containsKey("channel-id");
    assertThat(reply(good()).status()).isEqualTo(503);
    assertThat(reply(good()).status()).isEqualTo(101);
  }

  @Test
  void handshakesAreCutOnRequest() throws Exception {
    tunnel.faults(SOURCE).failHandshakes(0, 1);
    Assertions.assertThatThrownBy(() -> reply(good())).isInstanceOf(EOFException.class);
    assertThat(emulator.refusals()).singleElement().extracting("status").isEqualTo(0);
    assertThat(reply(good()).status()).isEqualTo(101);
  }

  private Handshake good() {
    return Handshake.of(tunnel, SOURCE).subprotocols(3);
  }

  private RawReply reply(Handshake handshake) throws Exception {
    try (RawClient client = RawClient.connect(emulator)) {
      return client.handshake(handshake);
    }
  }

  private void assertRefused(Handshake handshake, int status, String reason) throws Exception {
    try (RawClient client = RawClient.connect(emulator)) {
      RawReply reply = client.handshake(handshake);
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.body()).contains(reason);
      assertThat(reply.channelId()).isNotEmpty();
      assertThat(client.isAtEnd()).isTrue();
      assertThat(emulator.refusals())
          .last()
          .hasToString(
              "Refusal[status=%d, reason=%s, channelId=%s]"
                  .formatted(status, reply.body(), reply.channelId()));
    }
  }
}
