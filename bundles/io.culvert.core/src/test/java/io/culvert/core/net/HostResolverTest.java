// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.core.connect.LogCapture;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.Future;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostResolverTest {
  private final DefaultEventExecutor loop = new DefaultEventExecutor();

  @AfterEach
  void stop() {
    loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static <T> Future<T> awaited(Future<T> future) throws Exception {
    assertThat(future.await(30, TimeUnit.SECONDS)).isTrue();
    return future;
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "fe80::1%1"})
  void literalNeedsNoLookUp(String literal) throws Exception {
    HostResolver resolver =
        new HostResolver(
            task -> {
              throw new AssertionError("no look-up expected");
            });
    assertThat(awaited(resolver.resolve(literal, loop)).isSuccess()).isTrue();
  }

  /** Netty's parser knows numbered scopes only and answers null to a named one. */
  @Test
  void literalWithNamedScopeIsLeftToTheSystem() throws Exception {
    assertThat(awaited(new HostResolver(Runnable::run).resolve("fe80::1%no-card", loop)).cause())
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void everyErrorOfATaskCompletesItsFuture() throws Exception {
    Future<Object> future =
        new HostResolver(Runnable::run)
            .call(
                () -> {
                  throw new IllegalStateException("as expected");
                },
                loop);
    assertThat(awaited(future).cause()).hasMessage("as expected");
  }

  /** A look-up cannot be interrupted, so it may outlive what it was for. */
  @Test
  void aResultThatComesAfterItsEventLoopIsNoError() throws Exception {
    List<Runnable> tasks = new ArrayList<>();
    HostResolver resolver = new HostResolver(tasks::add);
    for (Callable<Object> task : List.<Callable<Object>>of(Object::new, HostResolverTest::fail)) {
      resolver.call(task, loop).addListener(done -> {});
    }
    stop();
    try (LogCapture logs = new LogCapture()) {
      tasks.forEach(Runnable::run);

      assertThat(tasks).hasSize(2);
      assertThat(logs.lines())
          .hasSize(2)
          .allMatch(line -> line.endsWith("A result has come after its event loop"));
    }
  }

  private static Object fail() {
    throw new IllegalStateException("as expected");
  }
}
