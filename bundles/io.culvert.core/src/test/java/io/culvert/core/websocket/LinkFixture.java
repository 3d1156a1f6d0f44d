// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import static io.culvert.core.websocket.Frames.payload;

import io.culvert.api.Secret;
import io.culvert.api.TunnelFailure;
import io.culvert.config.Printable;
import io.culvert.wire.MessageEncoder;
import io.culvert.wire.TunnelMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A link and its codec without a network. */
abstract class LinkFixture {
  static final int LIMIT = 131_076;
  static final String SECRET = "ClientTokenThatNobodyMaySee0123456789";

  final EmbeddedChannel channel = new EmbeddedChannel();
  final Listener listener = new Listener();
  final WebSocketLink link;

  LinkFixture() {
    channel.freezeTime();
    channel.pipeline().addLast("last", new ChannelInboundHandlerAdapter());
    WebSocketCodec.addBefore(channel.pipeline(), "last", LIMIT);
    link =
        WebSocketLink.open(
            channel, new Printable(Secret.of(SECRET)), Duration.ofSeconds(20), listener);
    link.setReading(true);
  }

  @AfterEach
  void nothingIsLeft() {
    channel.finishAndReleaseAll();
  }

  static ByteBuf withRoom(byte[] payload) {
    int length = MessageEncoder.HEADROOM + payload.length + MessageEncoder.TAILROOM;
    return PooledByteBufAllocator.DEFAULT
        .directBuffer(length)
        .setIndex(MessageEncoder.HEADROOM, MessageEncoder.HEADROOM)
        .writeBytes(payload);
  }

  /** Keeps what it is told. */
  static class Listener implements LinkListener {
    final List<TunnelMessage> messages = new ArrayList<>();
    final List<TunnelFailure> failures = new ArrayList<>();
    int writable;

    @Override
    public void received(TunnelMessage message) {
      messages.add(message);
    }

    @Override
    public void receiveComplete() {}

    @Override
    public void writable() {
      writable++;
    }

    @Override
    public void measured(Duration roundTrip) {}

    @Override
    public void lost(TunnelFailure failure) {
      failures.add(failure);
    }
  }
}
