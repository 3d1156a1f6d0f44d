// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class QueuedOutputTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void closeWritesWhatIsQueuedInOrder() {
    QueuedOutput output = new QueuedOutput(new PrintStream(written));
    for (int i = 0; i < 100; i++) {
      output.write((i + "\n").getBytes(StandardCharsets.US_ASCII), 0, i < 10 ? 2 : 3);
    }
    output.close();

    assertThat(written.toString(StandardCharsets.US_ASCII).lines())
        .hasSize(100)
        .startsWith("0", "1")
        .endsWith("98", "99");
  }

  @Test
  void nobodyWaitsForAReaderThatDoesNotReadAndTheGapIsSaid() {
    CountDownLatch reads = new CountDownLatch(1);
    QueuedOutput output = new QueuedOutput(new PrintStream(new Unread(reads, written)));
    byte[] line = "line\n".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 10_000; i++) {
      output.write(line, 0, line.length);
    }
    output.close();
    assertThat(written.size()).isZero();

    reads.countDown();
    output.close();
    assertThat(written.toString(StandardCharsets.US_ASCII))
        .contains("lines are missing here: the output was not read");
  }

  /** A pipe whose reader has stopped for now. */
  private static final class Unread extends OutputStream {
    private final CountDownLatch reads;
    private final OutputStream behind;

    private Unread(CountDownLatch reads, OutputStream behind) {
      this.reads = reads;
      this.behind = behind;
    }

    @Override
    public void write(int value) throws IOException {
      try {
        reads.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      behind.write(value);
    }
  }
}
