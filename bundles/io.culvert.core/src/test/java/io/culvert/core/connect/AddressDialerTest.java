// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ErrorCode;
import io.culvert.api.Secret;
import io.culvert.api.TunnelMode;
import io.culvert.config.HostPort;
import io.culvert.core.net.HostResolver;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Name look-up and TCP, and what comes before them. */
class AddressDialerTest extends ConnectFixture {
  private AddressDialer dialer(Executor lookUps, HostPort target, Duration limit) {
    return new AddressDialer(
        loop, transport, new HostResolver(lookUps), target, "the service at " + target, limit);
  }

  private ConnectFailedException dialFailure(AddressDialer dialer) throws Exception {
    return failure(loop.submit(dialer::dial).sync().getNow());
  }

  private static InetAddress address(String literal) throws Exception {
    return InetAddress.getByName(literal);
  }

  @Test
  void nameThatIsNoneCannotBeResolved() throws Exception {
    HostPort target = new HostPort("a".repeat(64) + ".invalid", 443);
    ConnectFailedException failure = failure(target);
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.DNS);
    assertThat(failure.retry()).isEqualTo(Retry.RETRY);
    assertThat(failure)
        .hasMessageContaining(target.toString())
        .hasMessageContaining("unknown host");
  }

  @Test
  void silentDnsTimesOut() throws Exception {
    ConnectFailedException failure =
        dialFailure(dialer(task -> {}, new HostPort("some.example", 443), SHORT));
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(failure.retry()).isEqualTo(Retry.RETRY);
    assertThat(failure).hasMessageContaining("DNS").hasMessageContaining("some.example");
  }

  @Test
  void lookUpThatIsNotTakenFails() throws Exception {
    Executor closed =
        task -> {
          throw new RejectedExecutionException();
        };
    ConnectFailedException failure =
        dialFailure(dialer(closed, new HostPort("some.example", 443), LONG));
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.DNS);
  }

  @Test
  void refusedConnectionNamesTheAddress() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, address("127.0.0.1"))) {
      port = closed.getLocalPort();
    }
    ConnectFailedException failure = failure(new HostPort("127.0.0.1", port));
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.TCP);
    assertThat(failure.retry()).isEqualTo(Retry.RETRY);
    assertThat(failure)
        .hasMessageContaining("Connection refused")
        .hasMessageContaining("127.0.0.1:" + port);
  }

  @Test
  void addressesAreTriedInTurn() throws Exception {
    ScriptedServer service = server(ScriptedServer::silent);
    AddressDialer dialer = dialer(blocking, service.at("some.example"), LONG);
    List<InetAddress> addresses = List.of(address("127.0.0.2"), address("127.0.0.1"));
    Future<Channel> dialed = loop.submit(() -> dialer.connect(addresses)).sync().getNow();
    assertThat(dialed.await().isSuccess()).isTrue();
    assertThat(((InetSocketAddress) dialed.getNow().remoteAddress()).getHostString())
        .isEqualTo("127.0.0.1");
    loop.submit(dialer::cancel).sync();
    service.awaitNoConnection();
  }

  /** A listener whose queue is full drops what comes: a black hole on loopback. */
  @Test
  void addressThatSwallowsEverythingLeavesTimeForTheNext() throws Exception {
    ScriptedServer service = server(ScriptedServer::silent);
    int port = service.at("x").port();
    blackHole("127.0.0.3", port);
    AddressDialer dialer =
        dialer(blocking, new HostPort("some.example", port), Duration.ofSeconds(8));
    List<InetAddress> addresses = List.of(address("127.0.0.3"), address("127.0.0.1"));
    Future<Channel> dialed = loop.submit(() -> dialer.connect(addresses)).sync().getNow();
    assertThat(dialed.await().isSuccess()).isTrue();
    dialed.getNow().close().sync();

    ConnectFailedException failure =
        dialFailure(dialer(blocking, new HostPort("127.0.0.3", port), SHORT));
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(failure).hasMessageContaining("no TCP connection to the service at 127.0.0.3");
  }

  private void blackHole(String host, int port) throws Exception {
    closing(new ServerSocket(port, 1, address(host)));
    for (int i = 0; i < 5; i++) {
      Socket filler = closing(new Socket());
      try {
        filler.connect(new InetSocketAddress(host, port), 3000);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
    throw new IllegalStateException("the queue of the listener does not fill up");
  }

  @Test
  void unreadableCaFileIsSaidBeforeAnythingIsOpened() throws Exception {
    settings.extraCa = folder.resolve("missing.pem");
    ConnectFailedException failure = failure(new HostPort("localhost", 1));
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(failure.retry()).isEqualTo(Retry.FINAL);
    assertThat(failure).hasMessageContaining("missing.pem");
  }

  @Test
  void certificatesThatCannotBeReadInTimeTimeOut() throws Exception {
    settings.connect = SHORT;
    Future<TunnelLink> future =
        new TunnelConnector(loop, transport, new HostResolver(task -> {}), settings.build())
            .connect(
                new Handshake(
                    TunnelMode.DESTINATION,
                    new HostPort("localhost", 1),
                    Secret.of(ACCESS_TOKEN),
                    Secret.of(CLIENT_TOKEN)));
    ConnectFailedException failure = failure(future);
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(failure).hasMessageContaining("trusted certificates").hasMessageContaining("200 ms");
  }

  @Test
  void closedEventLoopIsAFailureOfOurs() throws Exception {
    transport.close().sync();
    assertThat(connect(new HostPort("localhost", 1)).cause())
        .isInstanceOf(ConnectFailedException.class);
  }
}
