// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.culvert.api.Secret;
import io.culvert.api.TunnelMode;
import io.culvert.config.HostPort;
import io.culvert.config.WebProxy;
import io.culvert.config.trust.TrustStore;
import io.culvert.core.config.ConnectSettings;
import io.culvert.core.net.HostResolver;
import io.culvert.core.net.Transport;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A connector and its surroundings for one test. After each test no buffer may be in use, and no
 * log line at any level and no failure may have held a secret.
 */
abstract class ConnectFixture {
  static final String ACCESS_TOKEN = "AccessTokenThatNobodyMaySee0123456789";
  static final String CLIENT_TOKEN = "ClientTokenThatNobodyMaySee0123456789";
  static final String PASSWORD = "PasswordThatNobodyMaySee";
  static final String UPGRADED =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Accept: $ACCEPT\r\nchannel-id: channel-1\r\n"
          + "Sec-WebSocket-Protocol: aws.iot.securetunneling-3.0\r\n\r\n";
  static final Duration LONG = Duration.ofSeconds(20);
  static final Duration SHORT = Duration.ofMillis(200);

  @TempDir Path folder;

  final ExecutorService blocking = Executors.newCachedThreadPool();
  final Settings settings = new Settings();
  private final List<AutoCloseable> resources = new ArrayList<>();
  LogCapture logs;
  Transport transport;
  EventLoop loop;

  /** Settings that a test changes before it connects. */
  static final class Settings {
    Duration connect = LONG;
    Duration proxy = LONG;
    Duration tls = LONG;
    Duration upgrade = LONG;
    @Nullable Path extraCa;
    boolean verifyChain = true;
    boolean verifyHost = true;
    @Nullable WebProxy webProxy;
    boolean proxyFromEnvironment;
    Map<String, String> environment = Map.of();
    String subprotocol = ConnectSettings.DEFAULT_SUBPROTOCOL;
    String accessToken = ACCESS_TOKEN;

    ConnectSettings build() {
      return new ConnectSettings(
          subprotocol,
          connect,
          proxy,
          tls,
          upgrade,
          extraCa,
          verifyChain,
          verifyHost,
          webProxy,
          proxyFromEnvironment,
          ConnectSettings.DEFAULT_MAX_WEB_SOCKET_PAYLOAD);
    }
  }

  @BeforeEach
  void startTransport() throws Exception {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    logs = new LogCapture();
    transport = new Transport(1, true);
    loop = transport.nextLoop();
    settings.extraCa = TestCa.TRUSTED.writePem(folder.resolve("ca.pem"));
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    for (AutoCloseable resource : resources) {
      resource.close();
    }
    assertThat(transport.close().await(20, TimeUnit.SECONDS)).isTrue();
    blocking.shutdownNow();
    logs.close();
    PooledByteBufAllocator allocator = (PooledByteBufAllocator) transport.allocator();
    long inUse =
        Stream.concat(
                allocator.metric().directArenas().stream(),
                allocator.metric().heapArenas().stream())
            .mapToLong(PoolArenaMetric::numActiveAllocations)
            .sum();
    assertThat(inUse).as("buffers in use").isZero();
    assertThat(logs.lines()).noneMatch(line -> line.contains("LEAK"));
    assertNoSecret(String.join("\n", logs.lines()));
  }

  static void assertNoSecret(String text) {
    String credentials =
        Base64.getEncoder().encodeToString(("user:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    assertThat(text)
        .doesNotContain(ACCESS_TOKEN)
        .doesNotContain(CLIENT_TOKEN)
        .doesNotContain(PASSWORD)
        .doesNotContain(credentials);
  }

  <T extends AutoCloseable> T closing(T resource) {
    resources.add(resource);
    return resource;
  }

  /** A service for host {@code localhost} with a trusted certificate that gives one answer. */
  ScriptedServer service(String answer) throws Exception {
    return service(TestCa.TRUSTED.server("localhost"), answer);
  }

  ScriptedServer service(SSLContext tls, String answer) throws Exception {
    ScriptedServer[] self = new ScriptedServer[1];
    self[0] = ScriptedServer.tls(tls, socket -> self[0].answering(answer).play(socket));
    return closing(self[0]);
  }

  ScriptedServer server(ScriptedServer.Script script) throws Exception {
    return closing(new ScriptedServer(script));
  }

  Future<TunnelLink> connect(HostPort endpoint) {
    ConnectSettings built = settings.build();
    return new TunnelConnector(
            loop,
            transport,
            new HostResolver(blocking),
            built,
            new TrustStore(built.extraCa()),
            settings.environment)
        .connect(
            new Handshake(
                TunnelMode.SOURCE,
                endpoint,
                Secret.of(settings.accessToken),
                Secret.of(CLIENT_TOKEN)));
  }

  TunnelLink link(HostPort endpoint) throws Exception {
    Future<TunnelLink> future = connect(endpoint);
    assertThat(future.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(future.cause()).isNull();
    return future.getNow();
  }

  ConnectFailedException failure(HostPort endpoint) throws Exception {
    return failure(connect(endpoint));
  }

  static ConnectFailedException failure(Future<?> future) throws Exception {
    assertThat(future.await(30, TimeUnit.SECONDS)).isTrue();
    if (!(future.cause() instanceof ConnectFailedException failure)) {
      return fail("no failure of ours: " + future);
    }
    assertNoSecret(failure + " " + failure.failure());
    assertThat(failure.getMessage()).doesNotContain("\n").isEqualTo(failure.failure().toString());
    return failure;
  }
}
