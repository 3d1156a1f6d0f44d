// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import io.culvert.emulator.registry.TokenPolicy;
import io.culvert.emulator.relay.PeerNotice;
import io.culvert.emulator.relay.RelayOptions;
import io.culvert.emulator.server.ServerSettings;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an {@link Emulator} is to be; all settings have defaults. Not safe for several threads. */
public final class EmulatorBuilder {
  private List<String> certificateNames = List.of("localhost", "127.0.0.1", "::1");
  private TokenPolicy tokenPolicy = TokenPolicy.SINGLE_USE;
  private PeerNotice onReplacement = RelayOptions.DEFAULT.onReplacement();
  private PeerNotice onLoss = RelayOptions.DEFAULT.onLoss();
  private boolean holdForAbsent = RelayOptions.DEFAULT.holdForAbsent();
  private Class<? extends ServerChannel> channelType = NioServerSocketChannel.class;
  private @Nullable EventLoopGroup group;
  private @Nullable Path authorityFolder;
  private int socketBuffer;
  private int port;

  EmulatorBuilder() {}

  /** Has {@code ca.pem} written to an existing folder. */
  public EmulatorBuilder authorityFolder(Path folder) {
    authorityFolder = folder;
    return this;
  }

  /** Issues the server certificate for other names than those of loopback. */
  public EmulatorBuilder certificateNames(String... names) {
    if (names.length == 0) {
      throw new IllegalArgumentException("certificateNames: at least one name is needed");
    }
    certificateNames = List.of(names);
    return this;
  }

  /**
   * Runs on one event loop of a group that stays the caller's, instead of on one of its own.
   *
   * @param eventLoops the group.
   * @param serverChannel the kind of listening TCP channel that fits it.
   */
  public EmulatorBuilder eventLoops(
      EventLoopGroup eventLoops, Class<? extends ServerChannel> serverChannel) {
    group = eventLoops;
    channelType = serverChannel;
    return this;
  }

  /** Chooses how often an access token may be used. */
  public EmulatorBuilder tokenPolicy(TokenPolicy policy) {
    tokenPolicy = policy;
    return this;
  }

  /** Chooses what an end is told when a new client replaces the one at the other end. */
  public EmulatorBuilder onReplacement(PeerNotice notice) {
    onReplacement = notice;
    return this;
  }

  /** Chooses what an end is told when the client at the other end is gone. */
  public EmulatorBuilder onLoss(PeerNotice notice) {
    onLoss = notice;
    return this;
  }

  /** Chooses whether frames for an absent end wait for it, instead of being dropped. */
  public EmulatorBuilder holdForAbsent(boolean hold) {
    holdForAbsent = hold;
    return this;
  }

  /** Asks for kernel buffers of a size; small ones show back-pressure early. */
  public EmulatorBuilder socketBuffer(int bytes) {
    socketBuffer = bytes;
    return this;
  }

  /** Listens on a port instead of one that the system chooses. */
  public EmulatorBuilder port(int number) {
    port = number;
    return this;
  }

  /**
   * Starts the emulator.
   *
   * @return it, listening.
   * @throws IOException if TLS cannot be set up or the folder cannot be written.
   */
  public Emulator start() throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    RelayOptions relayOptions = new RelayOptions(onReplacement, onLoss, holdForAbsent);
    return Emulator.start(
        certificateNames,
        authorityFolder,
        tokenPolicy,
        group,
        new ServerSettings(address, channelType, socketBuffer, relayOptions));
  }
}
