// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.culvert.demo.DemoException;
import io.culvert.demo.client.WebClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlPlaneTest {
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private HttpServer server;
  private ControlPlane control;
  private String answer = "";
  private int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          requests.add(exchange.getRequestHeaders().getFirst("X-Amz-Target") + " " + body);
          byte[] bytes = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    control =
        new ControlPlane(
            WebClient.http(), URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aTunnelIsOpenedForServices() throws Exception {
    answer =
        """
        {"tunnelId":"t1","tunnelArn":"arn","sourceAccessToken":"s3cret",
         "destinationAccessToken":"d3cret"}""";
    OpenedTunnel tunnel = control.open(List.of("SSH", "HTTP"));

    assertThat(tunnel.id()).isEqualTo("t1");
    assertThat(tunnel.sourceToken()).isEqualTo("s3cret");
    assertThat(tunnel.destinationToken()).isEqualTo("d3cret");
    assertThat(tunnel.toString()).doesNotContain("cret");
    assertThat(requests.take())
        .isEqualTo(
            "IoTSecuredTunneling.OpenTunnel "
                + "{\"description\":\"./demo\",\"destinationConfig\":{\"services\":[\"SSH\",\"HTTP\"]}}");
  }

  @Test
  void aThingIsNamedAndATunnelIsRotatedAndClosed() throws Exception {
    answer =
        """
        {"tunnelId":"t1","sourceAccessToken":"s3cret","destinationAccessToken":"d3cret"}""";
    control.open("gate", List.of("SSH"));
    control.rotate("t1");
    control.close("t1");

    assertThat(requests.take())
        .contains("\"destinationConfig\":{\"thingName\":\"gate\",\"services\":[\"SSH\"]}");
    assertThat(requests.take())
        .isEqualTo(
            "IoTSecuredTunneling.RotateTunnelAccessToken "
                + "{\"tunnelId\":\"t1\",\"clientMode\":\"DESTINATION\"}");
    assertThat(requests.take()).isEqualTo("IoTSecuredTunneling.CloseTunnel {\"tunnelId\":\"t1\"}");
  }

  @Test
  void anEndIsConnectedIfItsStateSaysSo() throws Exception {
    answer =
        """
        {"tunnel":{"status":"OPEN","sourceConnectionState":{"status":"DISCONNECTED"},
         "destinationConnectionState":{"status":"CONNECTED","lastUpdatedAt":1.5}}}""";
    assertThat(control.isConnected("t1", "destination")).isTrue();
    assertThat(control.isConnected("t1", "source")).isFalse();
    assertThat(requests.take())
        .isEqualTo("IoTSecuredTunneling.DescribeTunnel {\"tunnelId\":\"t1\"}");
  }

  @Test
  void aRefusalIsALine() {
    status = 400;
    assertThatThrownBy(() -> control.open(List.of("SSH")))
        .isInstanceOf(DemoException.class)
        .hasMessage("the emulator refused OpenTunnel: HTTP status 400");
  }

  @Test
  void anAnswerThatIsNotUnderstoodDoesNotShowATokenInTheMessage() {
    answer = "{\"sourceAccessToken\":\"s3cret\",";
    assertThatThrownBy(() -> control.open(List.of("SSH")))
        .isInstanceOf(DemoException.class)
        .hasMessageNotContaining("s3cret");
    answer = "{\"sourceAccessToken\":\"s3cret\"}";
    assertThatThrownBy(() -> control.open(List.of("SSH")))
        .hasMessage("the emulator's answer has no tunnelId");
  }
}
