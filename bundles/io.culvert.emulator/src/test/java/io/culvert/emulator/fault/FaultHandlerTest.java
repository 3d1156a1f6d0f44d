// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.EmulatedTunnel;
import io.culvert.emulator.Emulator;
import io.culvert.emulator.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fault control over HTTP, without clients at the tunnels. */
class FaultHandlerTest {
  private static final FaultToken TOKEN = FaultToken.random();

  private final HttpClient http = HttpClient.newHttpClient();
  private Emulator emulator;

  @BeforeEach
  void start() throws IOException {
    emulator =
        Emulator.builder()
            .controlContext(
                "/faults", started -> new FaultHandler(TOKEN, new FaultControl(started::tunnels)))
            .start();
  }

  @AfterEach
  void stop() {
    emulator.close();
  }

  @Test
  void withoutTheTokenNothingIsAnswered() throws Exception {
    HttpResponse<String> answer = http.send(request("").GET().build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).doesNotContain(TOKEN.reveal()).contains("token");
  }

  @Test
  void aRequestOfHeadIsAnsweredWithoutABodyAndWithoutAComplaint() throws Exception {
    List<String> complaints = new CopyOnWriteArrayList<>();
    Logger server = Logger.getLogger("com.sun.net.httpserver");
    Handler handler =
        new StreamHandler() {
          @Override
          public synchronized void publish(LogRecord entry) {
            complaints.add(entry.getMessage());
          }
        };
    server.addHandler(handler);
    try {
      HttpResponse<String> answer = send(authorized("").method("HEAD", BodyPublishers.noBody()));

      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.body()).isEmpty();
      assertThat(complaints).isEmpty();
    } finally {
      server.removeHandler(handler);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "Bearer x", "Basic eDp4", "bearer"})
  void withAWrongTokenNothingIsAnswered(String authorization) throws Exception {
    HttpRequest request =
        request("").header("Authorization", authorization).POST(body("{}")).build();

    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
  }

  @Test
  void theStatusNamesOpenTunnelsOnlyAndNoToken() throws Exception {
    EmulatedTunnel open = emulator.openTunnel("SSH");
    emulator.openTunnel("HTTP").close();

    HttpResponse<String> answer = send(authorized("").GET());

    assertThat(answer.statusCode()).isEqualTo(200);
    List<?> tunnels = (List<?>) Json.read(answer.body()).get("tunnels");
    assertThat(tunnels).hasSize(1);
    Map<?, ?> tunnel = (Map<?, ?>) tunnels.get(0);
    assertThat(tunnel.get("id")).isEqualTo(open.id());
    assertThat(tunnel.get("services")).isEqualTo(List.of("SSH"));
    assertThat(tunnel.containsKey("destination")).isTrue();
    assertThat(tunnel.toString()).doesNotContainIgnoringCase("token");
  }

  @Test
  void whatStaysIsInForceAtOnceAndUntilCleared() throws Exception {
    emulator.openTunnel("SSH");

    post("{\"fault\": \"rate\", \"bytesPerSecond\": 1000, \"end\": \"source\"}", 200);
    post("{\"fault\": \"handshakes\", \"status\": 503, \"count\": 2}", 200);
    post("{\"fault\": \"delay\", \"millis\": 20}", 200);
    post("{\"fault\": \"queue\", \"bytes\": 32768, \"end\": \"source\"}", 200);
    post("{\"fault\": \"reframe\", \"mode\": \"byte\"}", 200);
    post("{\"fault\": \"pings\", \"answer\": \"off\"}", 200);

    String refusals = "refuse with 503 the next 2 handshakes";
    assertThat(faults("source"))
        .isEqualTo(
            List.of(
                "reframe BYTE",
                "rate 1000 B/s",
                "delay 20 ms",
                "queue 32768 B",
                refusals,
                "pings unanswered"));
    assertThat(faults("destination"))
        .isEqualTo(List.of("reframe BYTE", "delay 20 ms", refusals, "pings unanswered"));

    post("{\"fault\": \"clear\"}", 200);

    assertThat(faults("source")).isEqualTo(List.of());
    assertThat(faults("destination")).isEqualTo(List.of());
  }

  @Test
  void anAnswerSaysWhichTunnelAndWhichEndsItWas() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");

    assertThat(post("{\"fault\": \"delay\", \"millis\": 1, \"end\": \"destination\"}", 200))
        .isEqualTo(Map.of("tunnel", tunnel.id(), "ends", List.of("destination")));
  }

  @Test
  void whatNeedsAClientIsRefusedWithoutOne() throws Exception {
    EmulatedTunnel tunnel = emulator.openTunnel("SSH");

    assertThat(post("{\"fault\": \"cut\"}", 409).get("error"))
        .isEqualTo("tunnel " + tunnel.id() + ": no client is connected");
    assertThat(post("{\"fault\": \"stall\", \"end\": \"source\"}", 409).get("error"))
        .isEqualTo("tunnel " + tunnel.id() + ": no source is connected");
  }

  @Test
  void theTunnelMustBeClear() throws Exception {
    String delay = "{\"fault\": \"delay\", \"millis\": 1";
    assertThat(post(delay + "}", 409).get("error")).isEqualTo("no tunnel is open");

    EmulatedTunnel one = emulator.openTunnel("SSH");
    assertThat(post(delay + ", \"tunnel\": \"x\"}", 409).get("error"))
        .isEqualTo("no open tunnel has the id 'x'");

    EmulatedTunnel other = emulator.openTunnel("SSH");
    assertThat(post(delay + "}", 409).get("error"))
        .isEqualTo(
            "several tunnels are open, choose one with --tunnel: " + one.id() + ", " + other.id());
    assertThat(post(delay + ", \"tunnel\": \"" + other.id() + "\"}", 200))
        .containsEntry("tunnel", other.id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"fault\": \"cut\"} x",
        "{}",
        "{\"fault\": \"nope\"}",
        "{\"fault\": 1}",
        "{\"fault\": \"cut\", \"end\": \"both\"}",
        "{\"fault\": \"rate\"}",
        "{\"fault\": \"rate\", \"bytesPerSecond\": \"1\"}",
        "{\"fault\": \"rate\", \"bytesPerSecond\": -1}",
        "{\"fault\": \"rate\", \"bytesPerSecond\": 99999999999999999999}",
      })
  void whatIsNoRequestIsTurnedDown(String text) throws Exception {
    emulator.openTunnel("SSH");

    assertThat(post(text, 400)).containsOnlyKeys("error");
  }

  @Test
  void otherPathsMethodsAndLongBodiesAreTurnedDown() throws Exception {
    assertThat(send(authorized("/x").GET()).statusCode()).isEqualTo(404);
    assertThat(send(authorized("").DELETE()).statusCode()).isEqualTo(405);
    post("{\"fault\": \"" + "x".repeat(1 << 16) + "\"}", 413);
  }

  private Object faults(String end) throws Exception {
    Map<String, Object> status = Json.read(send(authorized("").GET()).body());
    Map<?, ?> tunnel = (Map<?, ?>) ((List<?>) status.get("tunnels")).get(0);
    return ((Map<?, ?>) tunnel.get(end)).get("faults");
  }

  private Map<String, Object> post(String text, int status) throws Exception {
    HttpResponse<String> answer = send(authorized("").POST(body(text)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return Json.read(answer.body());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpRequest.BodyPublisher body(String text) {
    return BodyPublishers.ofString(text);
  }

  private HttpRequest.Builder authorized(String below) {
    return request(below).header("Authorization", TOKEN.authorization());
  }

  private HttpRequest.Builder request(String below) {
    return HttpRequest.newBuilder(emulator.controlEndpoint().resolve("/faults" + below))
        .timeout(Duration.ofSeconds(30));
  }
}
