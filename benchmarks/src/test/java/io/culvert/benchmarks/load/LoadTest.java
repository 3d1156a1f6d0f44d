// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients and application, without a tunnel between them. */
@Timeout(60)
class LoadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Application application;
  private Clients clients;
  private InetSocketAddress address;

  @BeforeEach
  void start() throws IOException {
    application = Application.start();
    clients = new Clients(application);
    address = new InetSocketAddress(InetAddress.getLoopbackAddress(), application.port());
  }

  @AfterEach
  void stop() throws IOException {
    clients.close();
    application.close();
  }

  @ParameterizedTest
  @EnumSource
  void aTransferEndsWhenAllHasArrived(Direction direction) throws IOException {
    assertThat(clients.transfer(address, direction, 3_000_001)).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void bulkIsCountedWhereItArrives(Direction direction) throws IOException {
    try (Bulk bulk = clients.bulk(address, direction)) {
      while (bulk.arrived() < 1_000_000) {
        Thread.onSpinWait();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReaderThatTakesNothingHoldsUpNobodyElse(Direction direction) throws IOException {
    try (Stalled reader = clients.stalled(address, direction, 1 << 24)) {
      clients.visit(address);
    }
  }

  @Test
  void anExchangeComparesBothDigests() throws IOException {
    clients.exchange(address, 100_001);
  }

  @Test
  void theApplicationIsReachedOnlyIfTheByteArrives() throws Exception {
    assertThat(clients.reaches(address)).isTrue();
    try (ServerSocket deaf = new ServerSocket(0, 1, address.getAddress())) {
      assertThat(clients.reaches((InetSocketAddress) deaf.getLocalSocketAddress())).isFalse();
    }
  }

  static List<Echo.Rhythm> rhythms() {
    return List.of(Echo.Rhythm.AT_ONCE, Echo.Rhythm.STEADY, Echo.Rhythm.CLOCK);
  }

  @ParameterizedTest
  @MethodSource("rhythms")
  void everyEchoIsASample(Echo.Rhythm rhythm) throws Exception {
    try (Echo echo = clients.echo(address, rhythm)) {
      echo.start();
      assertThat(echo.awaitFirst(PATIENCE)).isTrue();
      Samples samples = echo.stop(PATIENCE);

      assertThat(samples.since(0).percentile(50)).isPositive();
    }
  }

  @Test
  void echoesAreSentByTheClockWhileOthersAreOnTheirWay() throws Exception {
    Echo.Rhythm fast = new Echo.Rhythm(Duration.ofMillis(1), false, 64);
    try (ServerSocket listening = new ServerSocket(0, 1, address.getAddress());
        Echo echo = clients.echo((InetSocketAddress) listening.getLocalSocketAddress(), fast)) {
      echo.start();
      try (Socket late = listening.accept()) {
        byte[] sent = late.getInputStream().readNBytes(Order.BYTES + 10 * 64);
        late.getOutputStream().write(sent, Order.BYTES, 10 * 64);
        assertThat(echo.awaitFirst(PATIENCE)).isTrue();
      }
      assertThat(echo.awaitEnd(PATIENCE)).isTrue();
      Samples samples = echo.stop(PATIENCE);

      assertThat(samples.count()).isGreaterThanOrEqualTo(10);
      assertThat(samples.first()).isGreaterThanOrEqualTo(9);
      assertThatIOException().isThrownBy(echo::check).withMessageContaining("the echo has ended");
    }
  }

  @ParameterizedTest
  @MethodSource("rhythms")
  void whatThereIsOfEchoesIsKeptWhenTheyAreCut(Echo.Rhythm rhythm) throws Exception {
    try (Echo echo = clients.echo(address, rhythm)) {
      echo.start();
      assertThat(echo.awaitFirst(PATIENCE)).isTrue();
      clients.close();
      assertThat(echo.awaitEnd(PATIENCE)).isTrue();
      Samples samples = echo.stop(PATIENCE);

      assertThat(samples.count()).isPositive();
      assertThatIOException().isThrownBy(echo::check).withMessageContaining("the echo has ended");
    }
  }

  @Test
  void aCrowdCountsWhatSucceedsAndWhatDoesNot() throws Exception {
    List<Crowd> noted = new ArrayList<>();
    Crowd crowd = Crowd.run(4, number -> number < 20, () -> clients.visit(address), noted::add);
    application.close();
    Crowd refused = Crowd.run(2, number -> number < 4, () -> clients.visit(address), noted::add);

    assertThat(noted).containsExactly(crowd, refused);
    assertThat(crowd.succeeded()).isEqualTo(20);
    assertThat(crowd.failed()).isZero();
    assertThat(refused.failed()).isEqualTo(4);
  }

  @Test
  void aCrowdThatIsInterruptedCountsWhatThereWasUpToThen() throws Exception {
    BlockingQueue<Crowd> noted = new LinkedBlockingQueue<>();
    CountDownLatch rest = new CountDownLatch(2);
    try (ServerSocket deaf = new ServerSocket(0, 2, address.getAddress())) {
      InetSocketAddress silent = (InetSocketAddress) deaf.getLocalSocketAddress();
      AtomicInteger next = new AtomicInteger();
      Thread crowd =
          new Thread(
              () ->
                  assertThatExceptionOfType(InterruptedException.class)
                      .isThrownBy(
                          () ->
                              Crowd.run(
                                  2,
                                  number -> true,
                                  () -> {
                                    if (next.getAndIncrement() < 10) {
                                      clients.visit(address);
                                    } else {
                                      rest.countDown();
                                      clients.visit(silent);
                                    }
                                  },
                                  noted::add)));
      crowd.start();
      assertThat(rest.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      crowd.interrupt();

      Crowd cut = noted.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(cut).isNotNull();
      assertThat(cut.succeeded()).isEqualTo(10);
      assertThat(cut.failed()).isEqualTo(2);
    }
  }
}
