// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import com.sun.net.httpserver.HttpHandler;
import io.culvert.emulator.notify.NotificationPublisher;
import io.culvert.emulator.notify.TunnelNotifier;
import io.culvert.emulator.registry.TokenPolicy;
import io.culvert.emulator.relay.PeerNotice;
import io.culvert.emulator.relay.RelayOptions;
import io.culvert.emulator.server.ServerSettings;
import io.culvert.emulator.time.ServiceClock;
import io.culvert.emulator.tls.ThrowawayCertificates;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How an {@link Emulator} is to be; all settings have defaults. Not safe for several threads. */
public final class EmulatorBuilder {
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,32}");

  private List<String> certificateNames = ThrowawayCertificates.LOOPBACK;
  private TokenPolicy tokenPolicy = TokenPolicy.SINGLE_USE;
  private PeerNotice onReplacement = RelayOptions.DEFAULT.onReplacement();
  private PeerNotice onLoss = RelayOptions.DEFAULT.onLoss();
  private boolean holdForAbsent = RelayOptions.DEFAULT.holdForAbsent();
  private Class<? extends ServerChannel> channelType = NioServerSocketChannel.class;
  private @Nullable EventLoopGroup group;
  private @Nullable Path authorityFolder;
  private @Nullable ThrowawayCertificates certificates;
  private @Nullable ServiceClock clock;
  private @Nullable NotificationPublisher publisher;
  private String region = "us-east-1";
  private final Map<String, Function<Emulator, HttpHandler>> contexts = new HashMap<>();
  private boolean controlPlane;
  private boolean controlTls;
  private int controlPort;
  private int socketBuffer;
  private int port;

  EmulatorBuilder() {}

  /** Has {@code ca.pem} written to an existing folder. */
  public EmulatorBuilder authorityFolder(Path folder) {
    authorityFolder = folder;
    return this;
  }

  /** Uses certificates that were made before, whatever their names. */
  public EmulatorBuilder certificates(ThrowawayCertificates existing) {
    certificates = existing;
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

  /** Chooses what an end is told when a client of the other end follows an earlier one. */
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

  /** Runs by another time than the real one, such as a test's. */
  public EmulatorBuilder clock(ServiceClock other) {
    clock = other;
    return this;
  }

  /** Offers the API by which tunnels are opened, looked at and closed. */
  public EmulatorBuilder controlPlane() {
    controlPlane = true;
    return this;
  }

  /** Offers the API on a port instead of one that the system chooses. */
  public EmulatorBuilder controlPort(int number) {
    controlPort = number;
    return controlPlane();
  }

  /** Chooses whether the API is offered over TLS, with the certificate of the data plane. */
  public EmulatorBuilder controlTls(boolean tls) {
    controlTls = tls;
    return controlPlane();
  }

  /**
   * Adds a handler to the server of the API.
   *
   * @param path its path, beginning with a slash, other than the API's, which is "/".
   * @param handler makes the handler for the emulator, which does not answer yet then.
   */
  public EmulatorBuilder controlContext(String path, Function<Emulator, HttpHandler> handler) {
    if (!path.startsWith("/") || path.length() == 1) {
      throw new IllegalArgumentException(
          "path: '" + path + "' must begin with a slash and be longer");
    }
    contexts.put(path, handler);
    return controlPlane();
  }

  /**
   * Has things notified when a tunnel is opened for them, or their access token is rotated.
   *
   * @param notifications brings the notifications to the things; the emulator closes it.
   */
  public EmulatorBuilder notifications(NotificationPublisher notifications) {
    publisher = notifications;
    return this;
  }

  /** Chooses the AWS region that tunnels are named after. */
  public EmulatorBuilder region(String name) {
    if (!REGION.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "region: '" + name + "' does not match " + REGION.pattern());
    }
    region = name;
    return this;
  }

  /**
   * Starts the emulator.
   *
   * @return it, listening.
   * @throws IOException if TLS cannot be set up, the folder cannot be written, or a port is taken.
   */
  public Emulator start() throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    RelayOptions relayOptions = new RelayOptions(onReplacement, onLoss, holdForAbsent);
    return Emulator.start(
        new EmulatorSettings(
            certificates == null ? ThrowawayCertificates.generate(certificateNames) : certificates,
            authorityFolder,
            tokenPolicy,
            group,
            clock,
            new ServerSettings(address, channelType, socketBuffer, relayOptions),
            controlPlane ? new ControlSettings(controlPort, controlTls, region, contexts) : null,
            publisher == null ? null : new TunnelNotifier(publisher, region)));
  }
}
