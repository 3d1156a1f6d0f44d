// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program says and does while it runs. */
class EmulatorIT extends ProgramFixture {
  @Test
  void itSaysFirstWhatItDoesNotCheckAndThenHowToUseIt() throws Exception {
    RunningProgram emulator = start();
    Map<String, Object> file = emulator.file();

    List<String> lines = emulator.lines();
    assertThat(lines.get(0))
        .startsWith("FOR DEVELOPMENT AND TESTS ONLY: signatures and permissions are NOT checked");
    assertThat(lines)
        .anyMatch(line -> line.contains("--endpoint-url " + file.get("controlEndpoint")))
        .anyMatch(line -> line.contains("localproxy -e " + file.get("dataEndpoint") + " -c "))
        .contains(
            "  {\"endpoint\": \""
                + file.get("dataEndpoint")
                + "\", \"ca.path\": \""
                + folder().resolve("ca.pem")
                + "\"}")
        .anyMatch(line -> line.contains("emulator fault cut --folder " + folder()));
    assertThat(mode(folder())).isEqualTo("rwx------");
    assertThat(mode(folder().resolve("emulator.json"))).isEqualTo("rw-------");
    assertThat(mode(folder().resolve("ca-key.pem"))).isEqualTo("rw-------");
    assertThat(mode(folder().resolve("server-key.pem"))).isEqualTo("rw-------");
    assertThat(mode(folder().resolve("ca.pem"))).isEqualTo("rw-r--r--");
    assertThat(file.get("pid")).isEqualTo(emulator.pid());
    assertThat(file.get("caFile")).isEqualTo(folder().resolve("ca.pem").toString());
  }

  @Test
  void withAWebProxyInTheEnvironmentItSaysHowToGetPastIt() throws Exception {
    environment.put("https_proxy", "http://proxy.example:3128");

    assertThat(start().lines()).contains("  export no_proxy=localhost,127.0.0.1");
  }

  @Test
  void theLicencesOfItsLibrariesAreInItsFolder() {
    Path home = PROGRAM.resolve("../..").normalize();
    assertThat(home.resolve("LICENSE")).exists();
    assertThat(home.resolve("NOTICE")).content().contains("licences/bouncycastle.txt");
    for (String library : List.of("bouncycastle", "paho", "protobuf", "slf4j")) {
      assertThat(home.resolve("licences").resolve(library + ".txt")).isNotEmptyFile();
    }
  }

  @Test
  void clientsThatNeverFinishTheirRequestsKeepNobodyOutAndAreCutOff() throws Exception {
    RunningProgram emulator = start();
    URI control = URI.create(String.valueOf(emulator.file().get("controlEndpoint")));
    byte[] begun =
        String.join(
                "\r\n",
                "POST / HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/x-amz-json-1.1",
                "X-Amz-Target: IoTSecuredTunneling.ListTunnels",
                "Content-Length: 2",
                "",
                "{")
            .getBytes(US_ASCII);
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 70; i++) {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), control.getPort());
        clients.add(client);
        client.getOutputStream().write(begun);
      }

      assertThat(openTunnel(emulator)).containsKey("tunnelId");
      assertThat(run("status", "--folder", folder().toString()).status()).isZero();
      for (Socket client : clients) {
        client.setSoTimeout(60_000);
        assertThat(isCutOff(client)).isTrue();
      }
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  private static boolean isCutOff(Socket client) throws SocketTimeoutException {
    try {
      return client.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return true; // a reset
    }
  }

  @Test
  void aSecondEmulatorOnTheSameFolderIsRefused() throws Exception {
    RunningProgram first = start();
    String file = Files.readString(folder().resolve("emulator.json"));

    Outcome second = run("--folder", folder().toString());

    assertThat(second.status()).isEqualTo(1);
    assertThat(second.error())
        .isEqualTo(
            "emulator: --folder '"
                + folder()
                + "': another emulator uses it; stop that or choose another\n");
    assertThat(Files.readString(folder().resolve("emulator.json"))).isEqualTo(file);
    assertThat(first.isRunning()).isTrue();
  }

  @Test
  void aPortThatIsTakenIsToldInOneLine() throws Exception {
    RunningProgram first = start();
    String port = String.valueOf(first.file().get("dataEndpoint")).replaceAll(".*:", "");

    Outcome second = run("--folder", temporary.resolve("other").toString(), "--port", port);

    assertThat(second.status()).isEqualTo(1);
    assertThat(second.error())
        .startsWith("emulator: cannot start: ")
        .endsWith(" (see --port and --control-port)\n")
        .hasLineCount(1);
    assertThat(temporary.resolve("other/emulator.json")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFaultFromTheCommandLineReachesTheClientAndNoSecretIsShown(boolean tls) throws Exception {
    RunningProgram emulator = tls ? start("--control-tls", "-v", "-v") : start();
    Map<String, Object> tunnel = openTunnel(emulator);
    String token = String.valueOf(tunnel.get("sourceAccessToken"));
    Ending ending = new Ending();
    connect(emulator, token, ending);
    emulator.await("source connected");

    Outcome status = run("status", "--folder", folder().toString());
    Outcome json = run("status", "--json", "--folder", folder().toString());
    Outcome cut = run("fault", "cut", "--folder", folder().toString());

    assertThat(status.output()).contains(tunnel.get("tunnelId") + "  SSH  ").contains("connected");
    assertThat(Json.read(json.output())).containsOnlyKeys("tunnels");
    assertThat(cut.output())
        .isEqualTo("Done: cut at source of tunnel " + tunnel.get("tunnelId") + "\n");
    assertThat(cut.status()).isZero();
    assertThat(ending.code.get(30, TimeUnit.SECONDS)).isEqualTo(Ending.WITHOUT_CLOSE_FRAME);
    emulator.await("source disconnected");
    Outcome again = run("fault", "cut", "--folder", folder().toString());
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.error()).endsWith(": no client is connected\n");
    assertThat(emulator.lines())
        .anyMatch(line -> line.contains(tunnel.get("tunnelId") + ": opened for 720 minutes"));

    String shown =
        String.join("\n", emulator.lines()) + status.all() + json.all() + cut.all() + again.all();
    assertThat(shown)
        .doesNotContain(token)
        .doesNotContain(String.valueOf(tunnel.get("destinationAccessToken")))
        .doesNotContain(String.valueOf(emulator.file().get("faultToken")));
  }

  private void connect(RunningProgram emulator, String token, WebSocket.Listener listener)
      throws Exception {
    http()
        .newWebSocketBuilder()
        .header("access-token", token)
        .subprotocols("aws.iot.securetunneling-3.0")
        .buildAsync(
            URI.create(
                "wss://" + emulator.file().get("dataEndpoint") + "/tunnel?local-proxy-mode=source"),
            listener)
        .get(30, TimeUnit.SECONDS);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  /** Hears how a WebSocket ends. */
  private static final class Ending implements WebSocket.Listener {
    /** RFC 6455, section 7.1.5. */
    private static final int WITHOUT_CLOSE_FRAME = 1006;

    private final CompletableFuture<Integer> code = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int closeCode, String reason) {
      code.complete(closeCode);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      code.completeExceptionally(error);
    }
  }
}
