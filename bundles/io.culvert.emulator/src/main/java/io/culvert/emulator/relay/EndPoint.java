// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.relay;

import io.culvert.emulator.journal.EndJournal;
import io.culvert.emulator.journal.HandshakeInfo;
import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.emulator.shape.Outlet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One end of a tunnel, with or without a client. What was set for it outlives its clients. Confined
 * to the event loop.
 */
public final class EndPoint {
  private final TunnelEnd end;
  private final EndJournal journal;
  private final boolean holdForAbsent;
  private final Outlet outlet;
  private @Nullable Client client;
  private @Nullable HandshakeFault handshakeFault;
  private int handshakeFaultsLeft;
  private boolean ignoringPings;
  private boolean hadClient;

  EndPoint(
      TunnelEnd end,
      EndJournal journal,
      boolean holdForAbsent,
      EventLoop loop,
      ByteBufAllocator allocator,
      Runnable onLevelChange) {
    this.end = end;
    this.journal = journal;
    this.holdForAbsent = holdForAbsent;
    this.outlet = new Outlet(loop, allocator, onLevelChange);
  }

  /** Returns which end it is. */
  public TunnelEnd end() {
    return end;
  }

  /** Returns the queue in front of this end's clients. */
  public Outlet outlet() {
    return outlet;
  }

  /** Returns the connected client, empty if there is none. */
  public Optional<Client> client() {
    return Optional.ofNullable(client);
  }

  /** Turns the next clients away. */
  public void failHandshakes(HandshakeFault fault, int count) {
    handshakeFault = fault;
    handshakeFaultsLeft = count;
  }

  /** Takes one of the handshake faults that are left. */
  public Optional<HandshakeFault> nextHandshakeFault() {
    if (handshakeFaultsLeft == 0) {
      return Optional.empty();
    }
    handshakeFaultsLeft--;
    return Optional.ofNullable(handshakeFault);
  }

  /** Chooses whether pings are answered. */
  public void ignorePings(boolean ignore) {
    ignoringPings = ignore;
  }

  /** Tells what goes wrong here now, a few words each. */
  public List<String> faultsInForce() {
    List<String> faults = new ArrayList<>(outlet.faultsInForce());
    if (handshakeFault != null && handshakeFaultsLeft > 0) {
      int status = handshakeFault.status();
      faults.add(
          (status == 0 ? "cut" : "refuse with " + status)
              + " the next "
              + handshakeFaultsLeft
              + (handshakeFaultsLeft == 1 ? " handshake" : " handshakes"));
    }
    if (ignoringPings) {
      faults.add("pings unanswered");
    }
    if (client != null) {
      faults.addAll(client.faultsInForce());
    }
    return faults;
  }

  boolean ignoresPings() {
    return ignoringPings;
  }

  EndJournal journal() {
    return journal;
  }

  void attach(Client newClient, HandshakeInfo handshake, @Nullable ByteBuf firstFrame) {
    client = newClient;
    hadClient = true;
    journal.connected(handshake);
    outlet.attach(newClient, firstFrame);
  }

  void detach() {
    client = null;
    journal.disconnected();
    outlet.detach();
  }

  /** Tells whether there has been a client, connected still or not. */
  boolean hadClient() {
    return hadClient;
  }

  boolean has(Client candidate) {
    return client == candidate;
  }

  /** Queues a frame for the client, and takes it over; {@link Outlet#pump} sends it. */
  void deliver(ByteBuf frame) {
    boolean reachable = client == null ? holdForAbsent : !client.isLost();
    if (reachable) {
      outlet.offer(frame);
    } else {
      frame.release();
      journal.dropped();
    }
  }
}
