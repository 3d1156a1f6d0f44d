// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.shape;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The queue in front of one end of a tunnel. Keeps the order of bytes whatever delay, rate and
 * re-framing do to them. Owns the frames in it. Does not refuse frames when it is full: who offers
 * them asks {@link #isFull()} and stops reading. Confined to the event loop.
 */
public final class Outlet {
  /** How much the service queues for a client if nothing else was asked for. */
  public static final int DEFAULT_QUEUE_SIZE = 1 << 20;

  private static final int FLUSH_BYTES = 1 << 16;

  private final EventLoop loop;
  private final ByteBufAllocator allocator;
  private final Runnable onLevelChange;
  private final FrameQueue queue = new FrameQueue();
  private Reframing reframing = Reframing.NONE;
  private Reframer reframer = new Reframer(reframing, 0);
  private long bytesPerSecond;
  private RateLimiter limiter = new RateLimiter(0, System.nanoTime());
  private long delayNanos;
  private int queueSize = DEFAULT_QUEUE_SIZE;
  private @Nullable Exit exit;
  private @Nullable ScheduledFuture<?> timer;
  private boolean pumping;
  private boolean pumpAgain;

  /**
   * Makes an empty queue without a client.
   *
   * @param loop the event loop that it is confined to.
   * @param allocator gives buffers for merged frames.
   * @param onLevelChange called after the queue may have become shorter or its size has changed.
   */
  public Outlet(EventLoop loop, ByteBufAllocator allocator, Runnable onLevelChange) {
    this.loop = loop;
    this.allocator = allocator;
    this.onLevelChange = onLevelChange;
  }

  /** Chooses how WebSocket messages are cut; the seed is for {@link Reframing} modes that dice. */
  public void reframe(Reframing mode, long seed) {
    reframing = mode;
    reframer = new Reframer(mode, seed);
    pump();
  }

  /** Limits the rate; 0 lifts the limit. */
  public void limitRate(long newBytesPerSecond) {
    bytesPerSecond = newBytesPerSecond;
    limiter = new RateLimiter(bytesPerSecond, System.nanoTime());
    pump();
  }

  /** Delays frames that are offered from now on. */
  public void delay(Duration delay) {
    delayNanos = delay.toNanos();
  }

  /** Sets from how many waiting bytes on the queue is full. */
  public void limitQueue(int bytes) {
    queueSize = bytes;
    onLevelChange.run();
  }

  /** Tells how the queue differs from a plain one, a few words each. */
  public List<String> faultsInForce() {
    List<String> faults = new ArrayList<>();
    if (reframing != Reframing.NONE) {
      faults.add("reframe " + reframing);
    }
    if (bytesPerSecond > 0) {
      faults.add("rate " + bytesPerSecond + " B/s");
    }
    if (delayNanos > 0) {
      faults.add("delay " + Duration.ofNanos(delayNanos).toMillis() + " ms");
    }
    if (queueSize != DEFAULT_QUEUE_SIZE) {
      faults.add("queue " + queueSize + " B");
    }
    return faults;
  }

  /** Tells whether whoever feeds the queue should stop. */
  public boolean isFull() {
    return queue.bytes() >= queueSize;
  }

  /** Tells whether whoever feeds the queue may go on. */
  public boolean isLow() {
    return queue.bytes() <= queueSize / 2;
  }

  /** Queues bytes, whole tunnel frames as a rule, and takes them over. Call {@link #pump} after. */
  public void offer(ByteBuf frame) {
    queue.add(frame, System.nanoTime() + delayNanos);
  }

  /**
   * Lets a client have the queue.
   *
   * @param client the client.
   * @param first goes before all that waits, taken over; null for nothing.
   */
  public void attach(Exit client, @Nullable ByteBuf first) {
    exit = client;
    if (first != null) {
      queue.addFirst(first, System.nanoTime());
    }
    pump();
  }

  /** Throws away all that waits, because the rest of a frame is of no use to another client. */
  public void detach() {
    exit = null;
    cancelTimer();
    queue.clear();
    onLevelChange.run();
  }

  /** Writes what may go now. Call when the client takes bytes again and after offering some. */
  public void pump() {
    if (pumping) {
      // A flush may make the channel writable and call back from within.
      pumpAgain = true;
      return;
    }
    pumping = true;
    do {
      pumpAgain = false;
      cancelTimer();
      if (exit != null) {
        writeTo(exit);
      }
    } while (pumpAgain);
    pumping = false;
    onLevelChange.run();
  }

  private void writeTo(Exit target) {
    int unflushed = 0;
    while (!queue.isEmpty() && target.isWritable()) {
      long now = System.nanoTime();
      long wait = waitNanos(now);
      if (wait > 0) {
        timer = loop.schedule(this::pump, wait, TimeUnit.NANOSECONDS);
        break;
      }
      int ready = queue.readyBytes(now, Math.min(Reframer.MAX_MESSAGE, limiter.maxChunk()));
      int length = reframer.next(ready, queue.firstRemainder());
      limiter.spend(length, now);
      target.write(queue.take(length, allocator));
      unflushed += length;
      if (unflushed >= FLUSH_BYTES) {
        target.flush();
        unflushed = 0;
      }
    }
    if (unflushed > 0) {
      target.flush();
    }
  }

  private long waitNanos(long now) {
    long byDelay = queue.firstReadyAt() - now;
    if (byDelay > 0) {
      return byDelay;
    }
    long byAggregation = byDelay + reframer.waitNanos();
    boolean fills = queue.readyBytes(now, Reframer.MAX_MESSAGE) == Reframer.MAX_MESSAGE;
    return Math.max(limiter.waitNanos(now), fills ? 0 : byAggregation);
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
