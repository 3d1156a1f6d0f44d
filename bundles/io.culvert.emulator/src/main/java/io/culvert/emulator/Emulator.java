// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import io.culvert.emulator.control.ApiHandler;
import io.culvert.emulator.control.ControlServer;
import io.culvert.emulator.journal.Refusal;
import io.culvert.emulator.journal.Violation;
import io.culvert.emulator.notify.TunnelNotifier;
import io.culvert.emulator.registry.Destination;
import io.culvert.emulator.registry.TunnelRegistry;
import io.culvert.emulator.registry.TunnelRequest;
import io.culvert.emulator.server.TunnelServer;
import io.culvert.emulator.time.EventLoopClock;
import io.culvert.emulator.time.ServiceClock;
import io.culvert.emulator.tls.ThrowawayCertificates;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The tunnelling service on a loopback port, over TLS with certificates of its own, and if asked
 * for its API on another. Callable from any thread. {@link #close()} leaves no thread, port, timer
 * or buffer behind.
 */
public final class Emulator implements AutoCloseable {
  private static final long SHUTDOWN_SECONDS = 5;

  private final ThrowawayCertificates certificates;
  private final @Nullable EventLoopGroup ownGroup;
  private final TunnelRegistry registry;
  private final TunnelServer server;
  private final TunnelBook tunnels;
  private final @Nullable TunnelNotifier notifier;
  private volatile @Nullable ControlServer control;
  private volatile int port;

  private Emulator(
      EmulatorSettings settings,
      ThrowawayCertificates certificates,
      SslContext tls,
      @Nullable EventLoopGroup ownGroup,
      EventLoop loop) {
    this.certificates = certificates;
    this.ownGroup = ownGroup;
    ServiceClock chosen = settings.clock();
    ServiceClock clock = chosen == null ? new EventLoopClock(loop) : chosen;
    registry = new TunnelRegistry(settings.tokenPolicy(), clock);
    server = new TunnelServer(registry, loop, tls, settings.dataPlane());
    tunnels = new TunnelBook(registry, server, loop, clock);
    notifier = settings.notifier();
    if (notifier != null) {
      registry.addListener(notifier);
    }
  }

  /** Returns the settings of an emulator that is not started yet. */
  public static EmulatorBuilder builder() {
    return new EmulatorBuilder();
  }

  static Emulator start(EmulatorSettings settings) throws IOException {
    ThrowawayCertificates certificates = settings.certificates();
    if (settings.authorityFolder() != null) {
      certificates.writeAuthority(settings.authorityFolder());
    }
    SslContext tls = certificates.serverContext();
    EventLoopGroup given = settings.group();
    EventLoopGroup own =
        given != null
            ? null
            : new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("culvert-emulator", true), NioIoHandler.newFactory());
    EventLoop loop = (given != null ? given : own).next();
    Emulator emulator = new Emulator(settings, certificates, tls, own, loop);
    boolean started = false;
    try {
      emulator.listen(settings.controlPlane());
      started = true;
      return emulator;
    } finally {
      if (!started) {
        emulator.close();
      }
    }
  }

  private void listen(@Nullable ControlSettings controlPlane) throws IOException {
    port = server.start().getPort();
    if (controlPlane != null) {
      ControlServer http =
          new ControlServer(
              controlPlane.port(), controlPlane.tls() ? certificates.jdkServerContext() : null);
      control = http;
      http.addContext("/", new ApiHandler(registry, tunnels, controlPlane.region()));
      controlPlane
          .contexts()
          .forEach((path, handler) -> http.addContext(path, handler.apply(this)));
      http.start();
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
   * Returns where the control plane listens.
   *
   * @throws IllegalStateException if it was not asked for.
   */
  public URI controlEndpoint() {
    ControlServer http = control;
    if (http == null) {
      throw new IllegalStateException("the emulator was started without a control plane");
    }
    return http.endpoint();
  }

  /**
   * Opens a tunnel with the longest lifetime.
   *
   * @param services the ids of its services, at most three, possibly none.
   * @return the tunnel.
   * @throws IllegalArgumentException if there are too many services or one is malformed.
   */
  public EmulatedTunnel openTunnel(List<String> services) {
    return openTunnel(TunnelRequest.to(new Destination(null, services)));
  }

  /** Opens a tunnel with the given services and the longest lifetime. */
  public EmulatedTunnel openTunnel(String... services) {
    return openTunnel(List.of(services));
  }

  /** Opens a tunnel as requested. */
  public EmulatedTunnel openTunnel(TunnelRequest request) {
    return tunnels.find(registry.open(request).id()).orElseThrow();
  }

  /** Finds a tunnel by its id, however it was opened; empty if it is not known or forgotten. */
  public Optional<EmulatedTunnel> tunnel(String id) {
    return tunnels.find(id);
  }

  /** Returns all tunnels that are not forgotten, closed ones too, in the order of their opening. */
  public List<EmulatedTunnel> tunnels() {
    return tunnels.all();
  }

  /** Returns the rules that clients of any tunnel broke, as far as it is not forgotten. */
  public List<Violation> violations() {
    return tunnels.all().stream().flatMap(tunnel -> tunnel.violations().stream()).toList();
  }

  /** Returns the last handshakes that were not accepted, in their order. */
  public List<Refusal> refusals() {
    return server.refusals();
  }

  /** Closes the ports and all connections, and ends the threads that are its own. */
  @Override
  public void close() {
    ControlServer http = control;
    if (http != null) {
      http.close();
    }
    registry.close();
    if (notifier != null) {
      notifier.close();
    }
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
