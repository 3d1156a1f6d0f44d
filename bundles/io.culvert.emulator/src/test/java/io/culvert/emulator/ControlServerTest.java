// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP side of the control plane: who is let in, what is refused, and what is left behind. */
class ControlServerTest {
  private static final int TIMEOUT_MILLIS = 30_000;

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LocalHost:80", "127.0.0.1", "127.1.2.3:1", "[::1]:8080"})
  void requestForALoopbackNameIsAnswered(String host) throws Exception {
    try (Emulator emulator = Emulator.builder().controlPlane().start()) {
      assertThat(status(emulator, "Host: " + host + "\r\n")).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example\r\n",
        "Host: localhost.evil.example\r\n",
        "Host: 127.0.0.1.evil.example\r\n",
        "Host: 10.0.0.1\r\n",
        "Host: localhost\r\nHost: localhost\r\n",
        "Host: localhost\r\nOrigin: http://localhost\r\n",
        "Host: localhost\r\nOrigin: null\r\n",
        ""
      })
  void requestThatAWebPageCouldCauseIsRefused(String headers) throws Exception {
    try (Emulator emulator =
        Emulator.builder()
            .controlContext("/more", unused -> exchange -> exchange.sendResponseHeaders(204, -1))
            .start()) {
      assertThat(status(emulator, headers)).isIn(400, 403);
      assertThat(status(emulator, "GET /more HTTP/1.1\r\n" + headers, "")).isIn(400, 403);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, application/x-amz-json-1.1, 405",
    "PUT, /, application/x-amz-json-1.1, 405",
    "OPTIONS, /, application/x-amz-json-1.1, 405",
    "POST, /tunnels, application/x-amz-json-1.1, 404",
    "POST, /, application/json, 415",
    "POST, /, text/plain, 415",
    "POST, /, , 415",
    "POST, /, application/x-amz-json-1.1; charset=utf-8, 200",
  })
  void onlyPostsOfTheRightTypeAreAnswered(String method, String path, String type, int status)
      throws Exception {
    try (Emulator emulator = Emulator.builder().controlPlane().start()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(emulator.controlEndpoint().resolve(path))
              .method(method, BodyPublishers.ofString("{}"))
              .header("X-Amz-Target", "IoTSecuredTunneling.ListTunnels");
      if (type != null) {
        request.header("Content-Type", type);
      }
      HttpResponse<String> response = new ApiClient(emulator).send(request.build());
      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("application/x-amz-json-1.1");
      assertThat(response.body().contains("UnknownOperationException")).isEqualTo(status != 200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ListTunnels", "Other.ListTunnels", ""})
  void targetOfAnotherServiceIsAnUnknownOperation(String target) throws Exception {
    try (Emulator emulator = Emulator.builder().controlPlane().start()) {
      ApiClient api = new ApiClient(emulator);
      HttpRequest request =
          api.request("ListTunnels", "{}").setHeader("X-Amz-Target", target).build();
      HttpResponse<String> response = api.send(request);
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains("UnknownOperationException");
    }
  }

  @Test
  void bodyHasALimit() throws Exception {
    try (Emulator emulator = Emulator.builder().controlPlane().start()) {
      ApiClient api = new ApiClient(emulator);
      String fits = "{}" + " ".repeat((1 << 20) - 2);
      assertThat(api.send("ListTunnels", fits).statusCode()).isEqualTo(200);
      assertThat(api.send("ListTunnels", fits + " ").statusCode()).isEqualTo(413);
      assertThat(api.send("ListTunnels", "{}").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void speaksTlsWithTheCertificateOfTheDataPlane() throws Exception {
    try (Emulator emulator = Emulator.builder().controlTls(true).start()) {
      assertThat(emulator.controlEndpoint().getScheme()).isEqualTo("https");
      HttpClient client =
          HttpClient.newBuilder().sslContext(Trust.only(emulator.authority())).build();
      HttpRequest request = new ApiClient(emulator).request("ListTunnels", "{}").build();
      assertThat(client.send(request, BodyHandlers.ofString()).body())
          .isEqualTo("{\"tunnelSummaries\":[]}");
    }
  }

  @Test
  void furtherHandlerIsAddedForItsEmulator() throws Exception {
    try (Emulator emulator =
        Emulator.builder()
            .controlContext(
                "/more",
                of ->
                    exchange -> {
                      try (exchange) {
                        exchange.sendResponseHeaders(of.tunnels().isEmpty() ? 204 : 500, -1);
                      }
                    })
            .start()) {
      URI more = emulator.controlEndpoint().resolve("/more/of/it");
      HttpRequest request = HttpRequest.newBuilder(more).build();
      assertThat(new ApiClient(emulator).send(request).statusCode()).isEqualTo(204);
    }
    assertThatThrownBy(() -> Emulator.builder().controlContext("/", of -> exchange -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("path");
  }

  @Test
  void libraryHasNoControlPlaneUnlessAskedTo() throws Exception {
    try (Emulator emulator = Emulator.builder().start()) {
      assertThatThrownBy(emulator::controlEndpoint)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("without a control plane");
    }
  }

  @Test
  void closeLeavesNoThreadAndNoPort() throws Exception {
    int port;
    try (Emulator emulator = Emulator.builder().controlPlane().start()) {
      port = emulator.controlEndpoint().getPort();
      try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port)) {
        silent.getOutputStream().write("POST / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
        new ApiClient(emulator).call("ListTunnels", "{}");
        emulator.close();
      }
    }
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
    EmulatorThreads.assertNone();
  }

  @Test
  void portThatIsTakenFailsTheStartAndLeavesNothing() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EmulatorBuilder builder = Emulator.builder().controlPort(taken.getLocalPort());
      assertThatThrownBy(builder::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(String.valueOf(taken.getLocalPort()));
    }
    EmulatorThreads.assertNone();
  }

  @Test
  void handlerThatCannotBeMadeFailsTheStartAndLeavesNothing() throws Exception {
    EmulatorBuilder builder =
        Emulator.builder()
            .controlContext(
                "/more",
                of -> {
                  throw new IllegalStateException("no handler");
                });
    assertThatThrownBy(builder::start).hasMessage("no handler");
    EmulatorThreads.assertNone();
  }

  private static int status(Emulator emulator, String headers) throws IOException {
    String more =
        "Content-Type: application/x-amz-json-1.1\r\n"
            + "X-Amz-Target: IoTSecuredTunneling.ListTunnels\r\nContent-Length: 2\r\n";
    return status(emulator, "POST / HTTP/1.1\r\n" + headers + more, "{}");
  }

  private static int status(Emulator emulator, String head, String body) throws IOException {
    int port = emulator.controlEndpoint().getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      String request = head + "Connection: close\r\n\r\n" + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader reply =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return Integer.parseInt(reply.readLine().split(" ", 3)[1]);
    }
  }
}
