// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.config.trust.TrustStore;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies between the gateway and what the MQTT client reads and writes. */
class BrokerDialerTest {
  private static final long PATIENCE_SECONDS = 30;

  /** The common pool may have a single thread. */
  private static final Executor DAEMONS =
      task -> {
        Thread thread = new Thread(task, "dialer-test");
        thread.setDaemon(true);
        thread.start();
      };

  @TempDir private Path folder;
  private TestFiles files;
  private ServerSocket server;

  @BeforeEach
  void write() throws Exception {
    files = new TestFiles(folder);
  }

  @AfterEach
  void end() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private BrokerDialer dialer(Map<String, Object> properties) {
    BrokerSettings settings = MqttSettings.SCHEMA.parse(properties).broker();
    return new BrokerDialer(settings, new TrustStore(settings.extraCa()), Map.of());
  }

  /** Starts a server that asks for a certificate and answers with one byte; says who came. */
  private CompletableFuture<Visitor> serve(String host) throws Exception {
    SSLServerSocket tls =
        (SSLServerSocket)
            files
                .server(host)
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    tls.setNeedClientAuth(true);
    server = tls;
    return CompletableFuture.supplyAsync(
        () -> {
          try (SSLSocket socket = (SSLSocket) tls.accept()) {
            Visitor visitor = new Visitor();
            socket.setHandshakeApplicationProtocolSelector(
                (it, offered) -> {
                  visitor.protocols = offered;
                  return offered.isEmpty() ? "" : offered.get(0);
                });
            socket.startHandshake();
            visitor.name = socket.getSession().getPeerPrincipal().getName();
            socket.getOutputStream().write('!');
            return visitor;
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        },
        DAEMONS);
  }

  private static final class Visitor {
    private String name = "";
    private List<String> protocols = List.of();
  }

  @Test
  void bothSidesShowACertificate() throws Exception {
    CompletableFuture<Visitor> visitor = serve("localhost");
    try (Socket way = dialer(files.settings("localhost:" + server.getLocalPort())).dial()) {
      assertThat(way.getInputStream().read()).isEqualTo('!');
    }
    assertThat(visitor.get(PATIENCE_SECONDS, TimeUnit.SECONDS).name).isEqualTo("CN=gate");
    assertThat(visitor.join().protocols).isEmpty();
  }

  @Test
  void onPort443AlpnAsksForMqttAlsoThroughAWebProxy() throws Exception {
    CompletableFuture<Visitor> visitor = serve("localhost");
    try (ScriptedProxy proxy =
        new ScriptedProxy("HTTP/1.1 200 OK\r\n\r\n", server.getLocalPort())) {
      Map<String, Object> properties = files.settings("localhost:443");
      properties.put("web.proxy", "http://me:s3cret@127.0.0.1:" + proxy.port());
      try (Socket way = dialer(properties).dial()) {
        assertThat(way.getInputStream().read()).isEqualTo('!');
      }
      assertThat(proxy.request())
          .startsWith("CONNECT localhost:443 HTTP/1.1\r\nHost: localhost:443\r\n")
          .contains("Proxy-Authorization: Basic bWU6czNjcmV0\r\n");
    }
    assertThat(visitor.get(PATIENCE_SECONDS, TimeUnit.SECONDS).protocols)
        .containsExactly("x-amzn-mqtt-ca");
  }

  @Test
  void aCertificateForAnotherHostIsRefused() throws Exception {
    serve("another.example");
    BrokerDialer dialer = dialer(files.settings("localhost:" + server.getLocalPort()));
    assertThatThrownBy(dialer::dial).hasMessageContaining("localhost");
  }

  @Test
  void aCertificateOfAnUnknownAuthorityIsRefusedInWords() throws Exception {
    serve("localhost");
    Map<String, Object> properties = files.settings("localhost:" + server.getLocalPort());
    properties.remove("ca.path");
    assertThatThrownBy(dialer(properties)::dial)
        .satisfies(
            e ->
                assertThat(BrokerTrouble.text(e, false))
                    .isEqualTo(
                        "its certificate is not trusted; if it should be, ca.path must have its"
                            + " CA"));
  }

  @Test
  void aServerThatDoesNotAnswerEndsTheAttempt() throws Exception {
    server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    Map<String, Object> properties = files.settings("localhost:" + server.getLocalPort());
    properties.put("connect.timeout", 100);
    assertThatThrownBy(dialer(properties)::dial)
        .hasMessage("localhost:" + server.getLocalPort() + ": no TLS handshake within 100 ms");
  }

  @Test
  void anAttemptCanBeGivenUp() throws Exception {
    server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    BrokerDialer dialer = dialer(files.settings("localhost:" + server.getLocalPort()));
    CountDownLatch came = new CountDownLatch(1);
    CompletableFuture<Void> attempt =
        CompletableFuture.runAsync(
            () -> {
              try (Socket client = server.accept()) {
                client.getInputStream().read();
                came.countDown();
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                came.countDown();
              }
            },
            DAEMONS);
    CompletableFuture<Throwable> failure =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                dialer.dial().close();
                return new AssertionError("there is a way");
              } catch (IOException e) {
                return e;
              }
            },
            DAEMONS);
    assertThat(came.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    dialer.cancel();
    assertThat(failure.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    attempt.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThatThrownBy(dialer::dial).hasMessageContaining("given up");
  }
}
