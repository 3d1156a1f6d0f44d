// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.program;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes on a thread of its own, so that a terminal or a pipe that nobody reads holds up neither
 * tunnels nor the end of the process. What does not fit the queue is dropped, and how much is said
 * when there is room again. Thread-safe; does not own the stream behind it.
 */
public final class QueuedOutput extends OutputStream {
  private static final int CAPACITY = 2048;
  private static final long CLOSE_SECONDS = 1;
  private static final byte[] END = new byte[0];

  private final PrintStream out;
  private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicInteger dropped = new AtomicInteger();
  private final Thread writer = new Thread(this::writeAll, "culvert-output");

  /**
   * Starts the thread.
   *
   * @param out where everything goes, written by that thread only.
   */
  public QueuedOutput(PrintStream out) {
    this.out = out;
    writer.setDaemon(true);
    writer.start();
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (length > 0 && !queue.offer(Arrays.copyOfRange(bytes, offset, offset + length))) {
      dropped.incrementAndGet();
    }
  }

  private void writeAll() {
    try {
      for (byte[] next = queue.take(); next != END; next = queue.take()) {
        out.write(next, 0, next.length);
        int lost = dropped.getAndSet(0);
        if (lost > 0) {
          out.println("(" + lost + " lines are missing here: the output was not read)");
        }
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes what is still queued, but does not wait long for somebody to read it. */
  @Override
  public void close() {
    try {
      if (queue.offer(END, CLOSE_SECONDS, TimeUnit.SECONDS)) {
        writer.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
