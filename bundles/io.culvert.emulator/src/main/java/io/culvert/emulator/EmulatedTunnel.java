// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import io.culvert.emulator.journal.EndJournal;
import io.culvert.emulator.journal.HandshakeInfo;
import io.culvert.emulator.journal.Presence;
import io.culvert.emulator.journal.Traffic;
import io.culvert.emulator.journal.TunnelJournal;
import io.culvert.emulator.journal.Violation;
import io.culvert.emulator.registry.AccessToken;
import io.culvert.emulator.registry.RotationMode;
import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.emulator.registry.TunnelRecord;
import io.culvert.emulator.registry.TunnelRegistry;
import io.culvert.emulator.relay.Relay;
import io.culvert.wire.MessageType;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One tunnel of the emulated service. Callable from any thread. Shows no token in its text. Tokens
 * of a tunnel that the service has forgotten can be neither asked for nor replaced.
 */
public final class EmulatedTunnel implements AutoCloseable {
  private final TunnelRegistry registry;
  private volatile TunnelRecord tunnel;
  private final TunnelJournal journal;
  private final Map<TunnelEnd, Faults> faults = new EnumMap<>(TunnelEnd.class);

  EmulatedTunnel(
      TunnelRegistry registry,
      TunnelRecord tunnel,
      TunnelJournal journal,
      Relay relay,
      EventLoop loop) {
    this.registry = registry;
    this.tunnel = tunnel;
    this.journal = journal;
    for (TunnelEnd end : TunnelEnd.values()) {
      faults.put(end, new Faults(loop, relay, end));
    }
  }

  /** Returns the tunnel id. */
  public String id() {
    return tunnel.id();
  }

  /** Returns the ids of its services. */
  public List<String> services() {
    return tunnel.services();
  }

  /** Returns the token that lets a client in at an end now. */
  public AccessToken accessToken(TunnelEnd end) {
    return registry.accessToken(tunnel.id(), end);
  }

  /** Replaces tokens and sends the clients that came with the old ones away. */
  public void rotate(RotationMode mode) {
    registry.rotate(tunnel.id(), mode, null);
  }

  /** Closes the tunnel and sends its clients away. Does nothing if it is closed or forgotten. */
  @Override
  public void close() {
    registry.close(tunnel.id());
  }

  /** Tells whether clients may connect: it is neither closed nor expired. */
  public boolean isOpen() {
    return registry.isOpen(tunnel.id());
  }

  /** Returns what can be made to go wrong at one end. */
  public Faults faults(TunnelEnd end) {
    Faults of = faults.get(end);
    if (of == null) {
      throw new IllegalStateException("no faults of " + end);
    }
    return of;
  }

  /** Returns the rules that clients broke, in their order; each cost a connection. */
  public List<Violation> violations() {
    return journal.violations();
  }

  /** Tells whether an end has a client, as far as the service knows. */
  public boolean isConnected(TunnelEnd end) {
    return journal.end(end).isConnected();
  }

  /** Returns whether an end has a client, and since when that is so. */
  public Presence presence(TunnelEnd end) {
    return journal.end(end).presence();
  }

  /** Returns the last accepted handshake of an end, empty if there was none. */
  public Optional<HandshakeInfo> lastHandshake(TunnelEnd end) {
    return journal.end(end).lastHandshake();
  }

  /** Returns what an end has sent and received so far. */
  public Traffic traffic(TunnelEnd end) {
    return journal.end(end).traffic();
  }

  /**
   * Waits until an end has a client.
   *
   * @param end the end.
   * @param timeout how long to wait.
   * @return whether it has one.
   * @throws InterruptedException if the waiting thread is interrupted.
   */
  public boolean awaitConnected(TunnelEnd end, Duration timeout) throws InterruptedException {
    return awaitConnected(end, 1, timeout);
  }

  /**
   * Waits until an end has a client and has had that many, itself included.
   *
   * @param end the end.
   * @param connects how many handshakes have been accepted since the tunnel was opened.
   * @param timeout how long to wait.
   * @return whether it came to that.
   * @throws InterruptedException if the waiting thread is interrupted.
   */
  public boolean awaitConnected(TunnelEnd end, int connects, Duration timeout)
      throws InterruptedException {
    return journal.end(end).awaitConnected(connects, timeout);
  }

  /**
   * Waits until an end has no client.
   *
   * @param end the end.
   * @param timeout how long to wait.
   * @return whether it has none.
   * @throws InterruptedException if the waiting thread is interrupted.
   */
  public boolean awaitDisconnected(TunnelEnd end, Duration timeout) throws InterruptedException {
    return journal.end(end).awaitDisconnected(timeout);
  }

  /**
   * Waits until the clients of an end have sent so many messages of a type.
   *
   * @param end the end.
   * @param type the type.
   * @param messages how many since the tunnel was opened.
   * @param timeout how long to wait.
   * @return whether it came to that.
   * @throws InterruptedException if the waiting thread is interrupted.
   */
  public boolean awaitSent(TunnelEnd end, MessageType type, long messages, Duration timeout)
      throws InterruptedException {
    EndJournal of = journal.end(end);
    return of.awaitSent(type, messages, timeout);
  }

  void redirect(TunnelRecord changed) {
    tunnel = changed;
  }

  @Override
  public String toString() {
    return "tunnel " + tunnel.id() + " services=" + tunnel.services();
  }
}
