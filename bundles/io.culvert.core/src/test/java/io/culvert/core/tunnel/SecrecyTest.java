// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.api.Secret;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.config.WebProxy;
import io.culvert.core.config.TunnelConfig;
import io.culvert.core.config.TunnelSettings;
import io.culvert.emulator.EmulatedTunnel;
import io.culvert.wire.TunnelMessage;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole lives of tunnels, with every log line of them: no secret is in any text. */
class SecrecyTest extends TunnelFixture {
  private static final String CLIENT_TOKEN = "ClientTokenThatNobodyMaySee0123456789";
  private static final String PASSWORD = "PasswordThatNobodyMaySee";

  private final List<String> secrets =
      new ArrayList<>(
          List.of(
              CLIENT_TOKEN,
              PASSWORD,
              Base64.getEncoder()
                  .encodeToString(("user:" + PASSWORD).getBytes(StandardCharsets.UTF_8))));
  private final List<Object> shown = new ArrayList<>();

  @AfterEach
  void noSecretIsInAnyText() {
    shown.addAll(source.all());
    shown.addAll(destination.all());
    List<String> texts = new ArrayList<>(logs.lines());
    shown.forEach(object -> texts.add(String.valueOf(object)));
    assertThat(texts).isNotEmpty();
    for (String secret : secrets) {
      assertThat(texts).noneMatch(text -> text.contains(secret));
    }
  }

  @Test
  void nothingIsShownByALifeWithEveryKindOfFailure() throws Exception {
    manager.put("state.dir", folder.resolve("state").toString());
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    openDestination(tunnel);
    secrets.add(tunnel.accessToken(DESTINATION).reveal());
    tunnel.faults(SOURCE).failHandshakes(503, 1, Map.of("X-Echo", CLIENT_TOKEN));
    gateway().open(spec(tunnel, CLIENT_TOKEN), source);
    destination.awaitConnected(1);
    source.awaitConnected(1);
    echoClient("SSH").echo(1000, 1);

    tunnel.faults(SOURCE).injectWebSocketFrame(new TextWebSocketFrame("hello"));
    source.awaitConnected(2);
    tunnel.faults(SOURCE).injectFrame(new byte[] {8, 0});
    source.awaitConnected(3);
    tunnel.faults(SOURCE).close(1011, "bye " + CLIENT_TOKEN);
    source.awaitConnected(4);
    String accessToken = tunnel.accessToken(SOURCE).reveal();
    secrets.add(accessToken.substring(0, Math.min(20, accessToken.length())));
    tunnel.faults(SOURCE).close(1011, accessToken);
    source.awaitConnected(5);
    tunnel.faults(SOURCE).inject(TunnelMessage.serviceIds(List.of(CLIENT_TOKEN)));
    source.awaitConnected(6);
    tunnel.close();
    source.await(TunnelState.CLOSED);
    destination.await(TunnelState.CLOSED);

    secrets.add(
        tunnel.lastHandshake(DESTINATION).orElseThrow().header("client-token").orElseThrow());
    assertThat(logs.lines()).anyMatch(line -> line.startsWith("FINEST io.culvert"));
  }

  @Test
  void nothingIsShownByARefusalWithADamagedToken() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    String wrong = "AccessTokenThatNobodyMaySee0123456789";
    secrets.add(wrong);
    gateway()
        .open(
            new TunnelSpec(
                "wrong",
                TunnelMode.SOURCE,
                Secret.of(wrong),
                Secret.of(CLIENT_TOKEN),
                null,
                null,
                Map.of(),
                null),
            source);
    source.await(TunnelState.FAILED);
    openDestination(tunnel);
    destination.awaitConnected(1);
    secrets.add(tunnel.accessToken(DESTINATION).reveal());
  }

  @Test
  void nothingIsShownByAStateDirectoryThatCannotBeUsed() throws Exception {
    manager.put("state.dir", manager.get("ca.path") + "/state");
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    gateway().open(spec(tunnel, CLIENT_TOKEN), source);
    source.awaitConnected(1);
    assertThat(logs.warnings()).anyMatch(line -> line.contains("cannot be kept"));
  }

  /** A proxy that repeats in its refusal what it was sent. */
  @Test
  void nothingIsShownByAProxyThatRefuses() throws Exception {
    try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      manager.put("web.proxy", "http://user:" + PASSWORD + "@127.0.0.1:" + proxy.getLocalPort());
      EmulatedTunnel tunnel = emulator.openTunnel("SSH");
      gateway().open(spec(tunnel, CLIENT_TOKEN), source);
      try (Socket socket = proxy.accept()) {
        String head = head(socket.getInputStream());
        assertThat(head).containsIgnoringCase("Proxy-Authorization: Basic ");
        String repeated = head.substring(head.indexOf("Basic ")).lines().findFirst().orElseThrow();
        socket
            .getOutputStream()
            .write(
                ("HTTP/1.1 407 Not you " + repeated + "\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        TunnelStatus failed = source.await(TunnelState.FAILED);
        assertThat(failed.failure()).isNotNull();
        assertThat(failed.failure().httpStatus()).isEqualTo(407);
      }
    }
  }

  @Test
  void nothingIsShownBySpecificationsAndSettings() {
    Map<String, Object> withProxy = new HashMap<>(manager);
    withProxy.put("web.proxy", "https://user:" + PASSWORD + "@proxy.example:8080");
    TunnelSettings settings = TunnelSettings.SCHEMA.parse(withProxy);
    WebProxy proxy = settings.connect().webProxy();
    assertThat(proxy).isNotNull();
    assertThat(proxy.password()).isEqualTo(Secret.of(PASSWORD));
    secrets.add("AccessTokenThatNobodyMaySee");
    TunnelSpec spec =
        TunnelConfig.SCHEMA
            .parse(
                Map.of("access.token", "AccessTokenThatNobodyMaySee", "client.token", CLIENT_TOKEN))
            .spec("name");
    assertThat(spec).isNotNull();

    shown.addAll(List.of(settings, settings.connect(), proxy, spec, spec.accessToken()));
    assertThat(settings.toString()).contains("proxy.example:8080");
    assertThat(spec.toString()).contains("****");
  }

  @Test
  void nothingIsShownByANameThatIsTaken() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");
    TunnelSpec spec = spec(tunnel, CLIENT_TOKEN);
    gateway().open(spec, source);
    assertThatThrownBy(() -> gateway().open(spec, source)).satisfies(shown::add);
    source.awaitConnected(1);
    shown.add(gateway().tunnels.tunnels());
  }

  private TunnelSpec spec(EmulatedTunnel tunnel, String clientToken) {
    String accessToken = tunnel.accessToken(SOURCE).reveal();
    secrets.add(accessToken);
    return new TunnelSpec(
        "secret",
        TunnelMode.SOURCE,
        Secret.of(accessToken),
        Secret.of(clientToken),
        null,
        null,
        Map.of(),
        null);
  }

  private static String head(InputStream in) throws Exception {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).isNotNegative();
      head.append((char) next);
    }
    return head.toString();
  }
}
