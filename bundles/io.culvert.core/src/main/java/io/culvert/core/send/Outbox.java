// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.send;

import io.culvert.api.SendStatus;
import io.culvert.core.config.SendSettings;
import io.culvert.core.pace.PaceStatus;
import io.culvert.core.pace.Pacer;
import io.culvert.wire.TunnelMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a tunnel has for its WebSocket: control messages first, then what sparse connections
 * have, then bulk in fair turns, and that only as fast as pacer and limits say. Never more than
 * little is unsent, as what is written cannot be overtaken any more. Event loop only.
 */
public final class Outbox {
  /** Control messages that may wait before the tunnel stops reading what provokes them. */
  static final int CONTROL_LIMIT = 4096;

  private final EventLoop loop;
  private final ByteBufAllocator allocator;
  private final ArrayDeque<TunnelMessage> control = new ArrayDeque<>();
  private final FairQueue queue;
  private final List<Flow> limited = new ArrayList<>();
  private final RateLimit limit = new RateLimit();
  private final Pacer pacer;
  private final Alarm alarm;
  private final PaceLog log;
  private @Nullable Uplink uplink;
  private boolean pumping;

  /** Whether a message is missing, so that none may follow. */
  private boolean broken;

  /**
   * Makes an outbox that is not attached to a WebSocket.
   *
   * @param tunnel the tunnel's name, for log lines.
   * @param loop the event loop that it is confined to.
   * @param allocator gives buffers for parts of chunks.
   * @param settings how fast to send, until {@link #follow}.
   */
  public Outbox(String tunnel, EventLoop loop, ByteBufAllocator allocator, SendSettings settings) {
    this.loop = loop;
    this.allocator = allocator;
    this.queue = new FairQueue(now());
    this.pacer = new Pacer(settings.pace(), now());
    this.alarm = new Alarm(loop, this::wake);
    this.log = new PaceLog(tunnel, now());
    limit.rate(settings.rateLimit(), now());
  }

  /**
   * Goes on with other settings.
   *
   * @param settings how fast to send.
   */
  public void follow(SendSettings settings) {
    long now = now();
    pacer.follow(settings.pace(), now);
    limit.rate(settings.rateLimit(), now);
    wake();
  }

  /**
   * Starts sending; what waited for an earlier WebSocket is gone.
   *
   * @param uplink the WebSocket.
   */
  public void attach(Uplink uplink) {
    this.uplink = uplink;
    broken = false;
    pacer.restart(now());
    uplink.setUnsentLimit(pacer.unsentLimit());
  }

  /** Stops sending and forgets what waits. Connections keep, and release, their own chunks. */
  public void detach() {
    uplink = null;
    alarm.cancel();
    control.clear();
    queue.clear();
    limited.clear();
  }

  /**
   * Makes the flow of a connection.
   *
   * @param owner the connection, to which its chunks belong.
   * @return the flow, to be withdrawn when the connection has nothing more to say.
   */
  public Flow newFlow(Flow.Owner owner) {
    return new Flow(owner, pacer.newExchange());
  }

  /**
   * Sends a message that carries no payload, before any payload that waits.
   *
   * @param message the message.
   */
  public void control(TunnelMessage message) {
    if (uplink != null) {
      control.add(message);
      pump();
    }
  }

  /**
   * Sends a chunk when its turn comes. The owner hears when it has gone, and may then bring the
   * next one.
   *
   * @param flow the connection's.
   * @param chunk the payload; taken over.
   */
  public void offer(Flow flow, ByteBuf chunk) {
    boolean first = flow.isEmpty();
    flow.exchange().offered(chunk.readableBytes());
    flow.add(chunk);
    if (first && uplink != null) {
      if (waiting() == 0) {
        queue.idle(now());
      }
      queue.add(flow, now());
      pump();
    }
  }

  /**
   * Drops what a connection has not sent, and forgets the connection.
   *
   * @param flow the connection's.
   */
  public void withdraw(Flow flow) {
    queue.remove(flow);
    limited.remove(flow);
    flow.discard();
  }

  /**
   * Takes note of what came for a connection: it may be an answer.
   *
   * @param flow the connection's.
   * @param bytes the payload.
   */
  public void received(Flow flow, int bytes) {
    pacer.received(flow.exchange(), bytes, now());
  }

  /**
   * Returns how many connections wait with something to send.
   *
   * @return their number.
   */
  public int waiting() {
    return queue.size() + limited.size();
  }

  /**
   * Tells whether so many control messages wait that no more should be provoked.
   *
   * @return whether the tunnel should not be read.
   */
  public boolean isFlooded() {
    return control.size() > CONTROL_LIMIT;
  }

  /**
   * Returns how the tunnel sends.
   *
   * @return what is so now.
   */
  public SendStatus status() {
    long now = now();
    PaceStatus pace = pacer.status(now);
    return new SendStatus(
        pace.state(),
        limit.lower(pace.rate()),
        pace.linkRate(),
        delay(pace.queueNanos()),
        delay(pace.baseNanos()),
        pace.limited() || queue.hasBulk() && limit.delay(now) > 0,
        waiting());
  }

  private static @Nullable Duration delay(long nanos) {
    return nanos < 0 ? null : Duration.ofNanos(nanos);
  }

  /**
   * Sends as much as the WebSocket takes; called whenever it becomes writable. A message that
   * cannot be made, for want of memory say, ends the WebSocket: it would be missing. But whoever
   * called goes on first, as if it had been sent.
   */
  public void pump() {
    Uplink up = uplink;
    if (pumping || broken || up == null) {
      return;
    }
    pumping = true;
    boolean wrote = false;
    try {
      while (uplink == up && up.isWritable() && sendNext(up)) {
        wrote = true;
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      broken = true;
      up.failed(e);
    } finally {
      pumping = false;
    }
    if (wrote) {
      up.flush();
    }
    if (uplink == up && !broken) {
      settle(up);
    }
  }

  /**
   * Sends the control messages that wait, however little the WebSocket takes: it is about to be
   * closed, and takes nothing later.
   */
  public void finishControl() {
    Uplink up = uplink;
    if (up == null || broken || control.isEmpty()) {
      return;
    }
    try {
      for (TunnelMessage next = control.poll(); next != null; next = control.poll()) {
        up.write(next);
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      broken = true;
      up.failed(e);
    }
    up.flush();
  }

  private boolean sendNext(Uplink up) {
    TunnelMessage message = control.poll();
    if (message != null) {
      up.write(message);
      return true;
    }
    Flow flow = queue.pollSparse();
    if (flow == null) {
      flow = nextBulk();
    }
    if (flow == null) {
      return false;
    }
    send(up, flow);
    return true;
  }

  /** Takes out the next connection with bulk, if any may go now. */
  private @Nullable Flow nextBulk() {
    long now = now();
    if (pacer.allowance(now) <= 0 || limit.delay(now) > 0) {
      return null;
    }
    Flow flow = queue.pollBulk(now);
    while (flow != null && flow.share().limit().delay(now) > 0) {
      limited.add(flow);
      flow = queue.pollBulk(now);
    }
    return flow;
  }

  private void send(Uplink up, Flow flow) {
    RateLimit own = flow.share().limit();
    int most = Math.min(pacer.chunkBytes(), Math.min(limit.chunkBytes(), own.chunkBytes()));
    ByteBuf payload = flow.take(most, allocator);
    int bytes = payload.readableBytes();
    int framed = up.write(flow.message(payload));
    long now = now();
    queue.sent(flow, framed, now);
    pacer.sent(flow.exchange(), bytes, framed, now);
    limit.sent(framed);
    own.sent(framed);
    if (flow.isEmpty()) {
      queue.left(flow);
      flow.emptied();
    } else {
      queue.add(flow, now);
    }
  }

  /** Tells the pacer how the run ended, and sees to it that there is another one in time. */
  private void settle(Uplink up) {
    long now = now();
    boolean writable = up.isWritable();
    pacer.pumped(queue.hasBulk() && limit.delay(now) == 0, !writable, up.unsentBytes(), now);
    up.setUnsentLimit(pacer.unsentLimit());
    log.note(pacer, now);
    long delay = pacer.tickDelay();
    if (writable && queue.hasBulk()) {
      long kept = queue.keptFor(now);
      delay = Math.min(delay, Math.max(kept, Math.max(pacer.delay(now), limit.delay(now))));
    }
    for (Flow flow : limited) {
      delay = Math.min(delay, flow.share().limit().delay(now));
    }
    alarm.within(delay, now);
  }

  private void wake() {
    long now = now();
    pacer.tick(now);
    limited.removeIf(
        flow -> {
          boolean free = flow.share().limit().delay(now) == 0;
          if (free) {
            queue.add(flow, now);
          }
          return free;
        });
    pump();
  }

  private long now() {
    return loop.ticker().nanoTime();
  }
}
