// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ErrorCode;
import io.culvert.api.Secret;
import io.culvert.api.ServiceStatus;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelState;
import io.culvert.launcher.log.Log;
import io.culvert.launcher.process.ExitCode;
import io.culvert.launcher.process.ExitReason;
import io.culvert.launcher.reference.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a run ends and what it prints, with a manager that does as it is told. */
class LauncherTest {
  private final FakeTunnelManager manager = new FakeTunnelManager();
  private final CompletableFuture<String> stop = new CompletableFuture<>();
  private final Launcher launcher = new Launcher(Path.of("none"), Path.of("none"), stop);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource({
    "CLOSED, ENDED, 0",
    "FAILED, CONFIGURATION, 1",
    "FAILED, SERVICES, 1",
    "FAILED, REFUSED, 3",
    "FAILED, TLS_TRUST, 4",
    "FAILED, PROXY_CREDENTIALS, 4",
    "FAILED, RETRIES, 4",
    "FAILED, INTERNAL, 5",
  })
  void theEndOfTheTunnelIsTheEndOfTheProgram(TunnelState state, ErrorCode code, int exit)
      throws Exception {
    CompletableFuture<ExitReason> end = start(TunnelMode.SOURCE, "5555");

    manager.tell(state, 0, List.of(), new TunnelFailure(code, "so it is", 403, "channel-1"));

    ExitReason reason = end.get(20, TimeUnit.SECONDS);
    assertThat(reason.code().status()).isEqualTo(exit);
    assertThat(reason.message()).isEqualTo(code.code() + " so it is (channel-id channel-1)");
  }

  @Test
  void aTunnelThatTheManagerRejectsIsAConfigurationError() throws Exception {
    ExitReason reason = start(TunnelMode.SOURCE, "65535").get(20, TimeUnit.SECONDS);

    assertThat(reason)
        .isEqualTo(new ExitReason(ExitCode.CONFIGURATION, "service '65535': not today"));
  }

  @Test
  void aSignalClosesTheTunnelAndEndsWithoutAnError() throws Exception {
    CompletableFuture<ExitReason> end = start(TunnelMode.SOURCE, "5555");
    manager.tell(TunnelState.CONNECTED, 1, List.of(), null);

    stop.complete("SIGTERM");

    assertThat(end.get(20, TimeUnit.SECONDS))
        .isEqualTo(new ExitReason(ExitCode.OK, "Stopped by SIGTERM"));
    assertThat(manager.isClosed()).isTrue();
  }

  @Test
  void everyConnectIsPrintedAndWhereServicesGo() throws Exception {
    CompletableFuture<ExitReason> end = start(TunnelMode.DESTINATION, "localhost:22");

    manager.tell(TunnelState.CONNECTED, 1, List.of(service("SSH", null)), null);
    manager.tell(TunnelState.CONNECTED, 1, List.of(service("SSH", "localhost:22")), null);
    manager.tell(TunnelState.CONNECTED, 1, List.of(service("SSH", "localhost:22")), null);
    manager.tell(TunnelState.RECONNECTING, 1, List.of(service("SSH", "localhost:22")), null);
    manager.tell(TunnelState.CONNECTED, 2, List.of(service("", "[::1]:80")), null);
    stop.complete("SIGINT");
    end.get(20, TimeUnit.SECONDS);

    assertThat(messages())
        .containsExactly(
            "INFO  Successfully established websocket connection",
            "INFO  SSH: forwards to localhost:22",
            "INFO  Successfully established websocket connection",
            "INFO  (no service id): forwards to [::1]:80");
  }

  @Test
  void whereASourceListensIsLeftToTheEngine() throws Exception {
    CompletableFuture<ExitReason> end = start(TunnelMode.SOURCE, "5555");

    manager.tell(TunnelState.CONNECTED, 1, List.of(service("SSH", "127.0.0.1:5555")), null);
    stop.complete("SIGINT");
    end.get(20, TimeUnit.SECONDS);

    assertThat(messages()).containsExactly("INFO  Successfully established websocket connection");
  }

  private CompletableFuture<ExitReason> start(TunnelMode mode, String endpoint) {
    Log.start(4, new PrintStream(out, true, StandardCharsets.UTF_8));
    TunnelSpec spec =
        new TunnelSpec(
            "t", mode, Secret.of("x"), null, "us-east-1", null, Map.of("SSH", endpoint), null);
    LaunchPlan plan = new LaunchPlan(spec, 4, null, null, true, Map.of(), Settings.NONE, List.of());
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return launcher.runTunnel(manager, plan);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** The printed lines without their time. */
  private List<String> messages() {
    return out.toString(StandardCharsets.UTF_8).lines().map(line -> line.substring(25)).toList();
  }

  private static ServiceStatus service(String id, @Nullable String address) {
    return new ServiceStatus(id, address, null, 0, 0, 0, 0, null);
  }
}
