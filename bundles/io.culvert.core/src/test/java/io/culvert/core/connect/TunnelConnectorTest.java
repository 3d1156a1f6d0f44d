// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ErrorCode;
import io.culvert.api.Secret;
import io.culvert.api.TunnelMode;
import io.culvert.config.HostPort;
import io.culvert.config.WebProxy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way that works, and what the service then sees. */
class TunnelConnectorTest extends ConnectFixture {
  private static final String FRAME = "\u0082\u0003abc";

  private static BlockingQueue<String> receive(TunnelLink link) {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    link.channel()
        .pipeline()
        .addLast(
            new SimpleChannelInboundHandler<ByteBuf>() {
              @Override
              protected void channelRead0(ChannelHandlerContext ctx, ByteBuf payload) {
                received.add(payload.toString(StandardCharsets.UTF_8));
              }

              @Override
              public void channelInactive(ChannelHandlerContext ctx) {
                received.add("closed");
              }
            });
    return received;
  }

  private static String next(BlockingQueue<String> received) throws Exception {
    return received.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void linkIsABareWebSocketThatDoesNotReadYet() throws Exception {
    ScriptedServer service = service(UPGRADED);
    TunnelLink link = link(service.at("localhost"));

    assertThat(link.channelId()).isEqualTo("channel-1");
    assertThat(link.subprotocol()).isEqualTo("aws.iot.securetunneling-3.0");
    assertThat(link.channel().config().isAutoRead()).isFalse();
    assertThat(link.channel().config().getOption(ChannelOption.TCP_NODELAY)).isTrue();
    assertThat(link.channel().config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
    assertThat(link.channel().eventLoop()).isSameAs(loop);
    link.channel().config().setAutoRead(true);
    loop.submit(() -> {}).sync();
    assertThat(
            link.channel().pipeline().toMap().values().stream()
                .map(it -> it.getClass().getSimpleName()))
        .containsExactly("SslHandler", "FrameDecoder", "WebSocket13FrameEncoder", "FrameEncoder");
    link.channel().close().sync();
    service.awaitNoConnection();
  }

  @Test
  void requestHasWhatTheServiceAsksFor() throws Exception {
    ScriptedServer service = service(UPGRADED);
    settings.subprotocol = "aws.iot.securetunneling-2.0, aws.iot.securetunneling-3.0";
    HostPort endpoint = service.at("localhost");
    link(endpoint).channel().close().sync();

    List<String> lines = service.requests().get(0).lines().toList();
    assertThat(lines.get(0)).isEqualTo("GET /tunnel?local-proxy-mode=source HTTP/1.1");
    assertThat(lines)
        .contains(
            "host: " + endpoint,
            "access-token: " + ACCESS_TOKEN,
            "client-token: " + CLIENT_TOKEN,
            "sec-websocket-protocol: aws.iot.securetunneling-2.0,aws.iot.securetunneling-3.0",
            "sec-websocket-version: 13",
            "upgrade: websocket",
            "connection: upgrade");
    assertThat(lines).anyMatch(line -> line.matches("user-agent: culvert/\\S+ \\(.+; Java .+\\)"));
  }

  @Test
  void serverNameIsIndicatedAlsoForANameWithoutDot() throws Exception {
    BlockingQueue<String> names = new LinkedBlockingQueue<>();
    ScriptedServer service =
        closing(
            ScriptedServer.tls(
                TestCa.TRUSTED.server("localhost"),
                socket -> names.add(ScriptedServer.serverName(socket))));
    failure(service.at("localhost"));
    assertThat(next(names)).isEqualTo("localhost");
  }

  @Test
  void framesBehindTheAnswerInTheSameSegmentWaitForTheFirstRead() throws Exception {
    TunnelLink link = link(service(UPGRADED + FRAME + FRAME + "\u0082\u0003a").at("localhost"));
    BlockingQueue<String> received = receive(link);
    loop.submit(() -> {}).sync();
    assertThat(received).isEmpty();

    link.channel().config().setAutoRead(true);
    assertThat(next(received)).isEqualTo("abc");
    assertThat(next(received)).isEqualTo("abc");
    assertThat(next(received)).isEqualTo("a");
    link.channel().close().sync();
    assertThat(next(received)).isEqualTo("closed");
  }

  @Test
  void framesBehindTheAnswerComeWithASingleRead() throws Exception {
    TunnelLink link = link(service(UPGRADED + FRAME).at("localhost"));
    BlockingQueue<String> received = receive(link);
    link.channel().read();
    assertThat(next(received)).isEqualTo("abc");
    link.channel().close().sync();
  }

  @Test
  void framesInLaterTlsRecordsAreDeliveredToo() throws Exception {
    ScriptedServer service =
        closing(
            ScriptedServer.tls(
                TestCa.TRUSTED.server("localhost"),
                socket -> {
                  String request = ScriptedServer.readHead(socket.getInputStream());
                  byte[] answer =
                      ScriptedServer.fill(UPGRADED, request).getBytes(StandardCharsets.ISO_8859_1);
                  byte[] frame = FRAME.getBytes(StandardCharsets.ISO_8859_1);
                  socket.getOutputStream().write(answer);
                  for (byte b : frame) {
                    socket.getOutputStream().write(b);
                  }
                  ScriptedServer.silent(socket);
                }));
    TunnelLink link = link(service.at("localhost"));
    BlockingQueue<String> received = receive(link);
    link.channel().read();
    assertThat(next(received)).isEqualTo("a");
    link.channel().config().setAutoRead(true);
    assertThat(next(received)).isEqualTo("b");
    assertThat(next(received)).isEqualTo("c");
    link.channel().close().sync();
  }

  @Test
  void bytesThatNobodyReadsAreReleasedWithTheChannel() throws Exception {
    TunnelLink link = link(service(UPGRADED + FRAME).at("localhost"));
    link.channel().close().sync();
  }

  @Test
  void whatIsSentIsMasked() throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    ScriptedServer service =
        closing(
            ScriptedServer.tls(
                TestCa.TRUSTED.server("localhost"),
                socket -> {
                  String request = ScriptedServer.readHead(socket.getInputStream());
                  socket
                      .getOutputStream()
                      .write(
                          ScriptedServer.fill(UPGRADED, request)
                              .getBytes(StandardCharsets.ISO_8859_1));
                  byte[] frame = socket.getInputStream().readNBytes(9);
                  StringBuilder text =
                      new StringBuilder(
                          Integer.toHexString(frame[0] & 0xff)
                              + Integer.toHexString(frame[1] & 0xff)
                              + " ");
                  for (int i = 0; i < 3; i++) {
                    text.append((char) (frame[6 + i] ^ frame[2 + i]));
                  }
                  received.add(text.toString());
                }));
    TunnelLink link = link(service.at("localhost"));
    link.channel().writeAndFlush(Unpooled.copiedBuffer("xyz", StandardCharsets.US_ASCII)).sync();
    assertThat(next(received)).isEqualTo("8283 xyz");
    link.channel().close().sync();
  }

  @Test
  void smallMessagesOfOneFlushShareATlsRecord() throws Exception {
    BlockingQueue<Integer> records = new LinkedBlockingQueue<>();
    ScriptedServer service =
        closing(
            ScriptedServer.tls(
                TestCa.TRUSTED.server("localhost"),
                socket -> {
                  String request = ScriptedServer.readHead(socket.getInputStream());
                  byte[] answer =
                      ScriptedServer.fill(UPGRADED, request).getBytes(StandardCharsets.ISO_8859_1);
                  socket.getOutputStream().write(answer);
                  // The JDK's socket gives no more than one record at a time.
                  records.add(socket.getInputStream().read(new byte[16_384]));
                  ScriptedServer.silent(socket);
                }));
    TunnelLink link = link(service.at("localhost"));

    loop.submit(
            () -> {
              for (int i = 0; i < 100; i++) {
                link.channel().write(Unpooled.buffer(20).setIndex(14, 14).writeInt(i));
              }
              link.channel().flush();
            })
        .sync();

    assertThat(records.poll(10, TimeUnit.SECONDS)).isEqualTo(100 * (6 + 4));
    link.channel().close().sync();
  }

  @Test
  void requestOf4096BytesIsSentAndOneOf4097IsNot() throws Exception {
    BlockingQueue<Integer> sizes = new LinkedBlockingQueue<>();
    ScriptedServer service =
        closing(
            ScriptedServer.tls(
                TestCa.TRUSTED.server("localhost"),
                socket -> sizes.add(ScriptedServer.readHead(socket.getInputStream()).length())));
    HostPort endpoint = service.at("localhost");
    failure(endpoint);
    int size = sizes.poll(10, TimeUnit.SECONDS);

    settings.accessToken = ACCESS_TOKEN + "x".repeat(4096 - size);
    assertThat(failure(endpoint).failure().code()).isEqualTo(ErrorCode.HANDSHAKE);
    assertThat(sizes.poll(10, TimeUnit.SECONDS)).isEqualTo(4096);

    settings.accessToken += "x";
    ConnectFailedException failure = failure(endpoint);
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(failure.retry()).isEqualTo(Retry.FINAL);
    assertThat(failure).hasMessageContaining("4097 bytes").hasMessageContaining("at most 4096");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "line\r\nbreak", "umlaut\u00e4"})
  void accessTokenThatFitsNoHeaderIsNotSentAndNotShown(String end) throws Exception {
    settings.accessToken = end.isEmpty() ? "" : ACCESS_TOKEN + end;
    ConnectFailedException failure = failure(new HostPort("localhost", 1));
    assertThat(failure.failure().code()).isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(failure.retry()).isEqualTo(Retry.FINAL);
    assertThat(failure).hasMessageContaining("access token");
  }

  @Test
  void cancelledAttemptClosesTheChannelInEveryStep() throws Exception {
    ScriptedServer silent = server(ScriptedServer::silent);
    ScriptedServer silentAfterTls =
        closing(ScriptedServer.tls(TestCa.TRUSTED.server("localhost"), ScriptedServer::silent));
    for (ScriptedServer server : List.of(silent, silentAfterTls)) {
      Future<TunnelLink> future = connect(server.at("localhost"));
      server.awaitConnection();
      assertThat(future.cancel(false)).isTrue();
      server.awaitNoConnection();
    }
  }

  @Test
  void attemptCancelledAtOnceLeavesNothing() throws Exception {
    ScriptedServer service = service(UPGRADED);
    for (int i = 0; i < 20; i++) {
      connect(service.at("localhost")).cancel(false);
    }
    loop.submit(() -> {}).sync();
    service.awaitNoConnection();
  }

  @Test
  void noTextFormShowsASecret() {
    assertNoSecret(
        new Handshake(
                TunnelMode.SOURCE,
                new HostPort("localhost", 1),
                Secret.of(ACCESS_TOKEN),
                Secret.of(CLIENT_TOKEN))
            .toString());
    settings.webProxy = WebProxy.parse("http://user:" + PASSWORD + "@localhost", "");
    assertNoSecret(settings.build().toString());
  }
}
