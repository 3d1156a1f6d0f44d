// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import static io.culvert.emulator.Messages.data;
import static io.culvert.emulator.Messages.framed;
import static io.culvert.emulator.Messages.streamStart;
import static io.culvert.emulator.registry.TunnelEnd.DESTINATION;
import static io.culvert.emulator.registry.TunnelEnd.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.shape.Reframing;
import io.culvert.proto.Message;
import io.culvert.proto.Message.Type;
import java.io.ByteArrayOutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is done to the byte stream on its way, it arrives as it was sent. */
@ExtendWith(LeakCheck.class)
class ShapingTest {
  private Emulator emulator;
  private EmulatedTunnel tunnel;

  @BeforeEach
  void start() throws Exception {
    emulator = Emulator.builder().start();
    tunnel = emulator.openTunnel("SSH");
  }

  @AfterEach
  void stop() {
    assertThat(emulator.violations()).isEmpty();
    emulator.close();
  }

  @ParameterizedTest
  @EnumSource
  void bytesArriveIntactInEveryFraming(Reframing mode) throws Exception {
    tunnel.faults(DESTINATION).reframe(mode, 42);
    byte[] sent = randomBytes(mode == Reframing.BYTE ? 20_000 : 3_000_000);
    assertThat(transfer(sent)).isEqualTo(sent);
  }

  @Test
  void frameModeSendsOneTunnelFramePerMessage() throws Exception {
    tunnel.faults(DESTINATION).reframe(Reframing.FRAME, 0).delay(Duration.ofMillis(20));
    try (RawClient source = RawClient.open(emulator, tunnel, SOURCE);
        RawClient destination = RawClient.open(emulator, tunnel, DESTINATION)) {
      destination.readMessage();
      byte[] start = framed(streamStart("SSH", 1));
      byte[] data = framed(data("SSH", 1, new byte[500]));
      source.sendBinary(Messages.concatenated(List.of(start, data, data)));
      assertThat(destination.readFrame().payload()).isEqualTo(start);
      assertThat(destination.readFrame().payload()).isEqualTo(data);
      assertThat(destination.readFrame().payload()).isEqualTo(data);
    }
  }

  @Test
  void byteModeSendsOneBytePerMessage() throws Exception {
    tunnel.faults(DESTINATION).reframe(Reframing.BYTE, 0);
    try (RawClient destination = RawClient.open(emulator, tunnel, DESTINATION)) {
      assertThat(destination.readFrame().payload()).hasSize(1);
      assertThat(destination.readFrame().payload()).hasSize(1);
    }
  }

  @Test
  void aggregateModeMergesWhatFollowsSoon() throws Exception {
    tunnel.faults(DESTINATION).reframe(Reframing.AGGREGATE, 0);
    try (RawClient destination = RawClient.open(emulator, tunnel, DESTINATION)) {
      destination.readMessage();
      byte[] part = new byte[40_000];
      tunnel.faults(DESTINATION).stallWrites().injectBytes(part).injectBytes(part);
      tunnel.faults(DESTINATION).injectBytes(part).injectBytes(part);
      tunnel.faults(DESTINATION).resume();
      assertThat(destination.readFrame().payload()).hasSize(131076);
      assertThat(destination.readFrame().payload()).hasSize(160_000 - 131_076);
    }
  }

  @Test
  void delayAndRateKeepTheOrder() throws Exception {
    tunnel.faults(DESTINATION).delay(Duration.ofMillis(30)).rate(2_000_000);
    byte[] sent = randomBytes(500_000);
    long begin = System.nanoTime();
    tunnel.faults(DESTINATION).delay(Duration.ofMillis(5));
    assertThat(transfer(sent)).isEqualTo(sent);
    assertThat(System.nanoTime() - begin)
        .as("500 kB at 2 MB/s take a quarter of a second, less the first chunk")
        .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(190));
  }

  @Test
  void delayHoldsAFrameBack() throws Exception {
    try (RawClient destination = RawClient.open(emulator, tunnel, DESTINATION)) {
      destination.readMessage();
      tunnel.faults(DESTINATION).delay(Duration.ofMillis(50));
      long begin = System.nanoTime();
      tunnel.faults(DESTINATION).injectFrame(streamStart("SSH", 1).toByteArray());
      assertThat(destination.readMessage()).isEqualTo(streamStart("SSH", 1));
      assertThat(System.nanoTime() - begin).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(49));
    }
  }

  /** A destination that does not read: the source is stopped long before all is sent. */
  @Test
  void fullQueueStopsTheSenderAndNothingIsLost() throws Exception {
    int queueSize = 65_536;
    byte[] sent = randomBytes(3_000_000);
    try (Emulator small = Emulator.builder().socketBuffer(32_768).start()) {
      EmulatedTunnel slow = small.openTunnel("SSH");
      try (RawClient source = RawClient.open(small, slow, SOURCE, 3, 32_768);
          RawClient destination = RawClient.open(small, slow, DESTINATION)) {
        destination.readMessage();
        slow.faults(DESTINATION).queueSize(queueSize).stallWrites();
        AtomicLong written = new AtomicLong();
        CompletableFuture<Void> sender =
            CompletableFuture.runAsync(() -> sendAll(source, sent, written));
        awaitStandstill(written);
        assertThat(slow.traffic(SOURCE).payloadBytes())
            .as("the queue and what one read may add to it")
            .isBetween((long) queueSize - 64_512, queueSize + 200_000L);
        assertThat(sender).isNotDone();
        slow.faults(DESTINATION).resume();
        assertThat(receive(destination, sent.length)).isEqualTo(sent);
        sender.get(30, TimeUnit.SECONDS);
        assertThat(small.violations()).isEmpty();
      }
    }
  }

  private void awaitStandstill(AtomicLong written) throws Exception {
    try (RawClient clock = RawClient.connect(emulator)) {
      // Reading from a service that says nothing is a bounded wait without sleeping.
      clock.readTimeout(300);
      long before;
      do {
        before = written.get();
        assertThat(timesOut(clock)).isTrue();
      } while (written.get() == 0 || written.get() != before);
    }
  }

  private static boolean timesOut(RawClient clock) throws Exception {
    try {
      clock.isAtEnd();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  private byte[] transfer(byte[] bytes) throws Exception {
    try (RawClient source = RawClient.open(emulator, tunnel, SOURCE);
        RawClient destination = RawClient.open(emulator, tunnel, DESTINATION)) {
      assertThat(destination.readMessage().getType()).isEqualTo(Type.SERVICE_IDS);
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(() -> sendAll(source, bytes, new AtomicLong()));
      byte[] received = receive(destination, bytes.length);
      sender.get(30, TimeUnit.SECONDS);
      return received;
    }
  }

  private static void sendAll(RawClient source, byte[] bytes, AtomicLong written) {
    try {
      Random random = new Random(bytes.length);
      source.send(streamStart("SSH", 1));
      for (int from = 0; from < bytes.length; ) {
        int to = Math.min(bytes.length, from + 1 + random.nextInt(64512));
        source.send(data("SSH", 1, Arrays.copyOfRange(bytes, from, to)));
        from = to;
        written.set(to);
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] receive(RawClient destination, int length) throws Exception {
    assertThat(destination.readMessage()).isEqualTo(streamStart("SSH", 1));
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    while (received.size() < length) {
      Message message = destination.readMessage();
      assertThat(message.getType()).isEqualTo(Type.DATA);
      received.writeBytes(message.getPayload().toByteArray());
    }
    return received.toByteArray();
  }

  private static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
