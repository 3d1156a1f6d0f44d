// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.server;

import io.culvert.emulator.journal.HandshakeInfo;
import io.culvert.emulator.journal.Refusal;
import io.culvert.emulator.journal.TunnelJournal;
import io.culvert.emulator.registry.Denial;
import io.culvert.emulator.registry.TokenOwner;
import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.emulator.registry.TunnelListener;
import io.culvert.emulator.registry.TunnelRecord;
import io.culvert.emulator.registry.TunnelRegistry;
import io.culvert.emulator.relay.EndPoint;
import io.culvert.emulator.relay.OnLoop;
import io.culvert.emulator.relay.Relay;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The data plane: accepts WebSockets and gives each to the relay of its tunnel. All channels run on
 * one event loop, so the two ends of a tunnel need no lock. Public methods are callable from any
 * thread unless they say otherwise.
 */
public final class TunnelServer implements TunnelListener, AutoCloseable {
  private static final int NORMAL_CLOSURE = 1000;
  private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(1 << 15, 1 << 16);

  private final TunnelRegistry registry;
  private final EventLoop loop;
  private final SslContext tls;
  private final ServerSettings settings;
  private final HandshakeRules rules;
  private final ChannelGroup channels;
  private final RefusalLog refusals = new RefusalLog();
  private final Map<String, Relay> relays = new HashMap<>();
  private @Nullable Channel listening;
  private volatile boolean closed;

  /**
   * Makes a server that does not listen yet.
   *
   * @param registry knows tunnels and tokens.
   * @param loop runs everything; stays the caller's.
   * @param tls the server side of TLS.
   * @param settings how to listen.
   */
  public TunnelServer(
      TunnelRegistry registry, EventLoop loop, SslContext tls, ServerSettings settings) {
    this.registry = registry;
    this.loop = loop;
    this.tls = tls;
    this.settings = settings;
    this.rules = new HandshakeRules(registry);
    this.channels = new DefaultChannelGroup(loop);
    registry.addListener(this);
  }

  /**
   * Begins to listen.
   *
   * @return the address with the port.
   */
  public InetSocketAddress start() {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop)
            .channel(settings.channelType())
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    initialize(channel);
                  }
                });
    if (settings.socketBuffer() > 0) {
      bootstrap.option(ChannelOption.SO_RCVBUF, settings.socketBuffer());
      bootstrap.childOption(ChannelOption.SO_SNDBUF, settings.socketBuffer());
    }
    Channel channel = bootstrap.bind(settings.address()).syncUninterruptibly().channel();
    OnLoop.run(loop, () -> listening = channel);
    return (InetSocketAddress) channel.localAddress();
  }

  private void initialize(Channel channel) {
    channels.add(channel);
    // The request limit is the one that counts; those of the codec only have to be out of its way.
    HttpDecoderConfig http =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(RequestLimit.MAX_BYTES)
            .setMaxHeaderSize(RequestLimit.MAX_BYTES);
    channel
        .pipeline()
        .addLast("tls", tls.newHandler(channel.alloc()))
        .addLast(RequestLimit.NAME, new RequestLimit())
        .addLast("http", new HttpServerCodec(http))
        .addLast(HandshakeHandler.NAME, new HandshakeHandler(rules, this));
  }

  /**
   * Makes the relay of a tunnel of the registry.
   *
   * @param tunnel the tunnel.
   * @param journal notes what happens in it.
   * @return the relay, confined to the event loop.
   */
  public Relay addTunnel(TunnelRecord tunnel, TunnelJournal journal) {
    return OnLoop.call(
        loop,
        () -> {
          Relay relay =
              new Relay(tunnel, journal, settings.relayOptions(), loop, ByteBufAllocator.DEFAULT);
          relays.put(tunnel.id(), relay);
          return relay;
        });
  }

  /** Returns the last handshakes that were not accepted, in their order. */
  public List<Refusal> refusals() {
    return refusals.last();
  }

  @Override
  public void redirected(TunnelRecord tunnel) {
    if (!closed) {
      OnLoop.run(
          loop,
          () -> {
            Relay relay = relays.get(tunnel.id());
            if (relay != null) {
              relay.redirect(tunnel);
            }
          });
    }
  }

  @Override
  public void revoked(String tunnelId, Set<TunnelEnd> ends, Denial why) {
    if (!closed) {
      OnLoop.run(loop, () -> dismiss(tunnelId, ends, why));
    }
  }

  private void dismiss(String tunnelId, Set<TunnelEnd> ends, Denial why) {
    Relay relay = why == Denial.CLOSED ? relays.remove(tunnelId) : relays.get(tunnelId);
    if (relay == null) {
      return;
    }
    if (why == Denial.CLOSED) {
      relay.close(NORMAL_CLOSURE, why.reason());
    } else {
      ends.forEach(end -> relay.dismiss(end, NORMAL_CLOSURE, why.reason()));
    }
  }

  /** Closes the port and all connections at once. What was written may be lost. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    OnLoop.run(loop, this::closeAll);
    closed = true;
  }

  private void closeAll() {
    if (listening != null) {
      listening.close();
    }
    for (Channel channel : channels.toArray(new Channel[0])) {
      // Waiting for the good-bye of TLS could take seconds if the client does not read.
      channel.pipeline().firstContext().close();
    }
    relays.values().forEach(relay -> relay.close(NORMAL_CLOSURE, "The emulator is closed"));
    relays.clear();
  }

  /** Finds an end of an open tunnel. Called on the event loop. */
  Optional<EndPoint> endPoint(TokenOwner owner) {
    return Optional.ofNullable(relays.get(owner.tunnel().id()))
        .map(relay -> relay.end(owner.end()));
  }

  /** Takes over an accepted channel. Called on the event loop. */
  void connected(TokenOwner owner, Channel channel, HandshakeInfo handshake, String subprotocol) {
    Relay relay = relays.get(owner.tunnel().id());
    if (relay == null) {
      channel.close();
    } else {
      relay.connect(owner.end(), channel, handshake, Subprotocol.namesServices(subprotocol));
    }
  }

  /** Notes a handshake that was not accepted. */
  void refused(Refusal refusal) {
    refusals.add(refusal);
  }
}
