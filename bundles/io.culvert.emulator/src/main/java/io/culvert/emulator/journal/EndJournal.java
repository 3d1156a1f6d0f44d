// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.journal;

import io.culvert.wire.MessageType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens at one end of a tunnel and lets tests wait for it. Written by the event loop,
 * read by any thread.
 */
public final class EndJournal {
  private final Map<MessageType, Long> sent = new EnumMap<>(MessageType.class);
  private final InstantSource clock;
  private Instant lastChange;
  private int connects;
  private boolean connected;
  private long payloadBytes;
  private long droppedFrames;
  private long streamBytesOut;
  private long pings;
  private @Nullable HandshakeInfo lastHandshake;

  EndJournal(InstantSource clock) {
    this.clock = clock;
    this.lastChange = clock.instant();
  }

  /** Notes that a client is there. */
  public synchronized void connected(HandshakeInfo handshake) {
    connects++;
    connected = true;
    lastChange = clock.instant();
    lastHandshake = handshake;
    notifyAll();
  }

  /** Notes that the client is gone. */
  public synchronized void disconnected() {
    if (connected) {
      connected = false;
      lastChange = clock.instant();
    }
    notifyAll();
  }

  /** Notes a message of the client; the type is null if the service does not know it. */
  public synchronized void received(@Nullable MessageType type, int payload) {
    if (type != null) {
      sent.merge(type, 1L, Long::sum);
    }
    payloadBytes += payload;
    notifyAll();
  }

  /** Notes a frame that nobody was there to take. */
  public synchronized void dropped() {
    droppedFrames++;
  }

  /** Notes bytes written to the client. */
  public synchronized void wrote(int bytes) {
    streamBytesOut += bytes;
  }

  /** Notes a ping of the client. */
  public synchronized void pinged() {
    pings++;
  }

  /** Tells whether a client is connected, as far as the service knows. */
  public synchronized boolean isConnected() {
    return connected;
  }

  /** Returns whether a client is connected, and since when that is so. */
  public synchronized Presence presence() {
    return new Presence(connected, lastChange);
  }

  /** Returns the last accepted handshake, empty if there was none. */
  public synchronized Optional<HandshakeInfo> lastHandshake() {
    return Optional.ofNullable(lastHandshake);
  }

  /** Returns the counts of this moment. */
  public synchronized Traffic traffic() {
    return new Traffic(connects, sent, payloadBytes, droppedFrames, streamBytesOut, pings);
  }

  /**
   * Waits until a client is connected and that many handshakes have been accepted in all.
   *
   * @param handshakes the number of handshakes, counted from the beginning.
   * @param timeout how long to wait.
   * @return whether it came to that.
   * @throws InterruptedException if the waiting thread is interrupted.
   */
  public boolean awaitConnected(int handshakes, Duration timeout) throws InterruptedException {
    return await(() -> connected && connects >= handshakes, timeout);
  }

  /**
   * Waits until no client is connected.
   *
   * @param timeout how long to wait.
   * @return whether it came to that.
   * @throws InterruptedException if the waiting thread is interrupted.
   */
  public boolean awaitDisconnected(Duration timeout) throws InterruptedException {
    return await(() -> !connected, timeout);
  }

  /**
   * Waits until the clients of this end have sent that many messages of a type in all.
   *
   * @param type the type.
   * @param messages the number of messages, counted from the beginning.
   * @param timeout how long to wait.
   * @return whether it came to that.
   * @throws InterruptedException if the waiting thread is interrupted.
   */
  public boolean awaitSent(MessageType type, long messages, Duration timeout)
      throws InterruptedException {
    return await(() -> sent.getOrDefault(type, 0L) >= messages, timeout);
  }

  private synchronized boolean await(BooleanSupplier condition, Duration timeout)
      throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      long leftMillis = (end - System.nanoTime() + 999_999) / 1_000_000;
      if (leftMillis <= 0) {
        return false;
      }
      wait(leftMillis);
    }
    return true;
  }
}
