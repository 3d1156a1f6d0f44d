// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.util.promise.Promise;

/** What is left of a tunnel in use when everything is stopped, again and again. */
class LeftoversTest extends SourceFixture {
  private static final int TIMES = 20;
  private static final int LIMIT_MILLIS = 30_000;

  private Bundle core;

  @BeforeEach
  void openTunnel() throws Exception {
    core = CoreBundle.in(context);
    rig.tunnel(rig.tunnelProperties());
  }

  @Test
  void theStoppedBundleLeavesNothing() throws Exception {
    repeat(core::stop, core::start);
  }

  @Test
  void disabledComponentsLeaveNothing() throws Exception {
    Collection<ComponentDescriptionDTO> all = components.getComponentDescriptionDTOs(core);
    repeat(
        () -> await(all.stream().map(components::disableComponent)),
        () -> await(all.stream().map(components::enableComponent)));
  }

  private static void await(Stream<Promise<Void>> steps) throws Exception {
    for (Promise<Void> step : steps.toList()) {
      step.toCompletionStage().toCompletableFuture().get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void repeat(Eventually.Check stop, Eventually.Check start) throws Exception {
    try (ErrorOutput output = new ErrorOutput()) {
      stopInUse(stop);
      Footprint once = Footprint.of(core);
      for (int i = 0; i < TIMES; i++) {
        start.run();
        stopInUse(stop);
        Eventually.holds(() -> assertNoMoreThan(once));
      }
      // Netty has a thread that ends by itself when it has had nothing to do for a second.
      Eventually.holds(() -> assertThat(threads(thread -> true)).isEmpty());
      assertThat(output.text()).doesNotContain("LEAK");
    } finally {
      start.run();
    }
  }

  /** Stops while more has been sent than the service takes. */
  private void stopInUse(Eventually.Check stop) throws Exception {
    try (Socket webSocket = rig.awaitUp();
        Socket client = SourceRig.connect(rig.port())) {
      int port = rig.port();
      Thread sender = keepSending(client);
      rig.awaitSent(50_000);
      assertThat(threads(LeftoversTest::isNamed)).isNotEmpty();
      stop.run();
      MuteService.awaitEnd(webSocket);
      sender.join(LIMIT_MILLIS);
      assertThat(sender.isAlive()).isFalse();
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }
    Eventually.holds(() -> assertThat(threads(LeftoversTest::isNamed)).isEmpty());
  }

  private static Thread keepSending(Socket client) {
    Thread thread =
        new Thread(
            () -> {
              try {
                OutputStream out = client.getOutputStream();
                while (true) {
                  out.write(new byte[10_000]);
                }
              } catch (IOException e) {
                return; // the end
              }
            },
            "client");
    thread.start();
    return thread;
  }

  private void assertNoMoreThan(Footprint once) throws ReflectiveOperationException {
    Footprint now = Footprint.of(core);
    assertThat(now.descriptors()).as("open files").isLessThanOrEqualTo(once.descriptors());
    assertThat(now.direct()).as("direct buffers").isLessThanOrEqualTo(once.direct());
    assertThat(now.netty()).as("Netty's buffers").isLessThanOrEqualTo(once.netty());
    // The framework's own threads come and go.
    assertThat(now.threads()).as("threads").isLessThan(once.threads() + TIMES);
  }

  /** Returns the threads whose class is from the bundle, as those of Netty are. */
  private List<Thread> threads(Predicate<Thread> which) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> core.equals(FrameworkUtil.getBundle(thread.getClass())))
        .filter(which)
        .toList();
  }

  private static boolean isNamed(Thread thread) {
    return thread.getName().startsWith("culvert-");
  }
}
