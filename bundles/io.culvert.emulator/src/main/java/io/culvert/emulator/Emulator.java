// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import io.culvert.emulator.journal.Refusal;
import io.culvert.emulator.journal.TunnelJournal;
import io.culvert.emulator.journal.Violation;
import io.culvert.emulator.registry.TokenPolicy;
import io.culvert.emulator.registry.TunnelRecord;
import io.culvert.emulator.registry.TunnelRegistry;
import io.culvert.emulator.server.ServerSettings;
import io.culvert.emulator.server.TunnelServer;
import io.culvert.emulator.tls.ThrowawayCertificates;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The tunnelling service on a loopback port, over TLS with certificates of its own. Callable from
 * any thread. {@link #close()} leaves no thread, port or buffer behind.
 */
public final class Emulator implements AutoCloseable {
  private static final long SHUTDOWN_SECONDS = 5;

  private final ThrowawayCertificates certificates;
  private final @Nullable EventLoopGroup ownGroup;
  private final EventLoop loop;
  private final TunnelRegistry registry;
  private final TunnelServer server;
  private final int port;
  private final List<EmulatedTunnel> tunnels = new CopyOnWriteArrayList<>();

  private Emulator(
      ThrowawayCertificates certificates,
      TokenPolicy tokenPolicy,
      @Nullable EventLoopGroup ownGroup,
      EventLoop loop,
      ServerSettings settings)
      throws IOException {
    this.certificates = certificates;
    this.ownGroup = ownGroup;
    this.loop = loop;
    this.registry = new TunnelRegistry(tokenPolicy);
    this.server = new TunnelServer(registry, loop, certificates.serverContext(), settings);
    this.port = server.start().getPort();
  }

  /** Returns the settings of an emulator that is not started yet. */
  public static EmulatorBuilder builder() {
    return new EmulatorBuilder();
  }

  static Emulator start(
      List<String> certificateNames,
      @Nullable Path authorityFolder,
      TokenPolicy tokenPolicy,
      @Nullable EventLoopGroup group,
      ServerSettings settings)
      throws IOException {
    ThrowawayCertificates certificates = ThrowawayCertificates.generate(certificateNames);
    if (authorityFolder != null) {
      certificates.writeAuthority(authorityFolder);
    }
    if (group != null) {
      return new Emulator(certificates, tokenPolicy, null, group.next(), settings);
    }
    EventLoopGroup own =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("culvert-emulator", true), NioIoHandler.newFactory());
    boolean started = false;
    try {
      Emulator emulator = new Emulator(certificates, tokenPolicy, own, own.next(), settings);
      started = true;
      return emulator;
    } finally {
      if (!started) {
        own.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  /** Returns the host name to connect to, one that the certificate is good for by default. */
  public String host() {
    return "localhost";
  }

  /** Returns the port. */
  public int port() {
    return port;
  }

  /** Returns the certificate that a client has to trust. */
  public X509Certificate authority() {
    return certificates.authority();
  }

  /**
   * Writes the certificate that a client has to trust as {@code ca.pem}.
   *
   * @param folder an existing folder.
   * @return the file.
   * @throws IOException if it cannot be written.
   */
  public Path writeAuthority(Path folder) throws IOException {
    return certificates.writeAuthority(folder);
  }

  /**
   * Opens a tunnel.
   *
   * @param services the ids of its services, at most three, possibly none.
   * @return the tunnel.
   * @throws IllegalArgumentException if there are too many services or one is malformed.
   */
  public EmulatedTunnel openTunnel(List<String> services) {
    TunnelRecord tunnel = registry.open(services);
    TunnelJournal journal = new TunnelJournal();
    EmulatedTunnel opened =
        new EmulatedTunnel(registry, tunnel, journal, server.addTunnel(tunnel, journal), loop);
    tunnels.add(opened);
    return opened;
  }

  /** Opens a tunnel with the given services. */
  public EmulatedTunnel openTunnel(String... services) {
    return openTunnel(List.of(services));
  }

  /** Returns the rules that clients of any tunnel broke. */
  public List<Violation> violations() {
    return tunnels.stream().flatMap(tunnel -> tunnel.violations().stream()).toList();
  }

  /** Returns all handshakes that were not accepted, in their order. */
  public List<Refusal> refusals() {
    return server.refusals();
  }

  /** Closes the port and all connections, and ends the thread if it is its own. */
  @Override
  public void close() {
    server.close();
    if (ownGroup != null) {
      ownGroup.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  @Override
  public String toString() {
    return "emulator on " + host() + ":" + port;
  }
}
