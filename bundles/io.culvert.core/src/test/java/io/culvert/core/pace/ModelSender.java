// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One end of a tunnel: bulk streams, small things that go ahead of them, a pacer, and what the
 * kernel keeps. Its machine may be slow to wake up now and then.
 */
final class ModelSender {
  private static final int FRAME = 24;
  private static final int KERNEL_PACED = 16 << 10;
  private static final int KERNEL = 1 << 20;

  /** Until the next chunk of a stream is read from its socket. */
  private static final long READ_NANOS = 100_000;

  private final Clock clock;
  private final Scenario scenario;
  private final Random random;
  private final ModelLink link;
  private final ArrayDeque<ModelLink.Item> unsent = new ArrayDeque<>();
  private final ArrayDeque<ModelLink.Item> kernel = new ArrayDeque<>();
  private final ArrayDeque<Small> small = new ArrayDeque<>();
  private final ArrayDeque<Bulk> ready = new ArrayDeque<>();
  private final List<Bulk> bulk = new ArrayList<>();
  private final Machine machine;
  private final Machine application;
  final Pacer pacer;
  private long unsentBytes;

  /** Like Netty's: from the limit on, until it is below half of it. */
  private boolean full;

  private long kernelBytes;
  private long busyUntil;
  private boolean flowing;
  private boolean ended;
  private boolean tickPlanned;
  private long pumpPlanned = Long.MAX_VALUE;

  private record Small(Exchange exchange, int payload, Runnable arrived) {}

  /** A stream, and what of its last chunk has not gone yet. */
  private static final class Bulk {
    final Exchange exchange;
    final ModelSource source;
    int left;

    Bulk(Exchange exchange, ModelSource source) {
      this.exchange = exchange;
      this.source = source;
    }
  }

  ModelSender(Clock clock, Scenario scenario, Random random, Pacer pacer, long start) {
    this.clock = clock;
    this.pacer = pacer;
    this.scenario = scenario;
    this.random = random;
    link = new ModelLink(clock, scenario, random, start, this::settle);
    for (int i = 0; i < scenario.streams; i++) {
      bulk.add(new Bulk(pacer.newExchange(), new ModelSource(clock, scenario, start)));
    }
    clock.at(start + scenario.bulkFromMillis * Clock.MILLI, () -> flow(true));
    clock.at(start + scenario.bulkUntilMillis * Clock.MILLI, () -> flow(false));
    if (scenario.hiccups) {
      hiccup();
    }
    machine = new Machine(clock, random, scenario.stills);
    application = new Machine(clock, random, scenario.stills);
  }

  ModelLink link() {
    return link;
  }

  double queueMillis() {
    return link.queueMillis(unsentBytes + kernelBytes);
  }

  /** The WebSocket has gone, with all that was on its way. */
  void end() {
    ended = true;
  }

  private void flow(boolean on) {
    flowing = on;
    if (on) {
      bulk.forEach(this::read);
    }
    pump();
  }

  private void read(Bulk stream) {
    stream.left = stream.source.read();
    if (stream.left > 0) {
      ready.add(stream);
    } else {
      readAt(stream.source.nextAt(), stream);
    }
  }

  private void readAt(long time, Bulk stream) {
    clock.at(
        application.awakeAt(time),
        () ->
            awake(
                () -> {
                  read(stream);
                  pump();
                }));
  }

  private void hiccup() {
    clock.in(
        (long) (Clock.SECOND * 4 * random.nextDouble()),
        () -> {
          busyUntil = clock.now() + (long) ((5 + 25 * random.nextDouble()) * Clock.MILLI);
          hiccup();
        });
  }

  /** Does something when the machine is awake. */
  private void awake(Runnable action) {
    long at = Math.max(busyUntil, machine.awakeAt(clock.now()));
    if (clock.now() < at) {
      clock.at(at, () -> awake(action));
    } else if (!ended) {
      action.run();
    }
  }

  /** Sends a small thing. */
  void send(Exchange exchange, int payload, Runnable arrived) {
    awake(
        () -> {
          small.add(new Small(exchange, payload, arrived));
          pump();
        });
  }

  /** Has got a small thing. */
  void received(Exchange exchange, int payload, Runnable then) {
    awake(
        () -> {
          pacer.received(exchange, payload, clock.now());
          then.run();
          pump();
        });
  }

  private void pump() {
    long now = clock.now();
    boolean waits = false;
    while (true) {
      settle();
      Small next = small.peek();
      if (next != null && !full) {
        small.remove();
        write(next.exchange(), next.payload(), next.arrived());
      } else if (next == null && ready.isEmpty()) {
        break;
      } else if (full || pacer.allowance(now) <= 0) {
        waits = true;
        break;
      } else {
        Bulk stream = ready.remove();
        int part = Math.min(stream.left, pacer.chunkBytes());
        stream.left -= part;
        write(stream.exchange, part, () -> {});
        if (stream.left > 0) {
          ready.add(stream);
        } else if (flowing) {
          readAt(clock.now() + READ_NANOS, stream);
        }
      }
    }
    pacer.pumped(waits, full, unsentBytes, now);
    if (waits && !full) {
      planPump(now + Math.max(50_000, pacer.delay(now)));
    }
    planTick();
  }

  private void planPump(long time) {
    if (time < pumpPlanned) {
      pumpPlanned = time;
      clock.at(
          time,
          () -> {
            if (pumpPlanned == time) {
              pumpPlanned = Long.MAX_VALUE;
              awake(this::pump);
            }
          });
    }
  }

  private void planTick() {
    long delay = pacer.tickDelay();
    if (!tickPlanned && delay != Long.MAX_VALUE) {
      tickPlanned = true;
      clock.in(
          delay,
          () ->
              awake(
                  () -> {
                    tickPlanned = false;
                    pacer.tick(clock.now());
                    pump();
                  }));
    }
  }

  private void write(Exchange exchange, int payload, Runnable arrived) {
    int framed = payload + FRAME;
    unsent.add(new ModelLink.Item(framed, arrived));
    unsentBytes += framed;
    full |= unsentBytes >= pacer.unsentLimit();
    pacer.sent(exchange, payload, framed, clock.now());
  }

  /** Moves on what the kernel and the link take, and pumps if that made room. */
  private void settle() {
    if (ended) {
      return;
    }
    boolean wasFull = full;
    while (true) {
      if (!kernel.isEmpty() && link.hasWindow()) {
        ModelLink.Item item = kernel.remove();
        kernelBytes -= item.bytes();
        link.send(item);
      } else if (!unsent.isEmpty() && kernelBytes < (pacer.isPaced() ? KERNEL_PACED : KERNEL)) {
        ModelLink.Item item = unsent.remove();
        unsentBytes -= item.bytes();
        kernelBytes += item.bytes();
        kernel.add(item);
      } else {
        break;
      }
    }
    full &= unsentBytes >= pacer.unsentLimit() / 2;
    if (wasFull && !full) {
      clock.in(0, () -> awake(this::pump));
    }
  }
}
