// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.TunnelFailure;
import io.culvert.core.config.TunnelSettings;
import io.culvert.core.connect.ConnectFailures;
import io.culvert.core.connect.TunnelLink;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a clock of its own, with attempts whose outcome the test says. */
class AttemptsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final EventLoop loop = channel.eventLoop();
  private final Map<String, Object> configured = new HashMap<>();
  private final List<Promise<TunnelLink>> made = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private TunnelSettings settings;
  private Attempts attempts;

  @BeforeEach
  void start() {
    channel.freezeTime();
    configure("retry.delay", 1000);
    attempts = new Attempts("test", loop, this::attempt, () -> settings, new Hearing());
    attempts.now();
  }

  @AfterEach
  void nothingComesAfterTheEnd() {
    attempts.stop();
    int before = made.size();
    pass(HOUR);
    assertThat(made).hasSize(before);
    channel.finishAndReleaseAll();
  }

  @Test
  void delaysAndCountAreReadAfterEachFailure() {
    fail(null);
    pass(Duration.ofMillis(1250));
    assertThat(made).hasSize(2);

    configured.put("retry.delay", 10);
    configure("retry.max.delay", 10);
    fail(null);
    pass(Duration.ofMillis(13));
    assertThat(made).hasSize(3);

    configure("retry.count", 2);
    fail(null);
    pass(HOUR);
    assertThat(made).hasSize(3);
    assertThat(heard).containsExactly("waiting CLV-TCP", "waiting CLV-TCP", "gave up CLV-RETRIES");
  }

  @Test
  void anewIsAtOnceAndBeginsWithShortDelays() {
    for (int i = 0; i < 4; i++) {
      fail(null);
      pass(HOUR);
    }
    fail(null);
    assertThat(made).hasSize(5);

    attempts.anew(false);
    assertThat(made).hasSize(6);
    fail(null);
    pass(Duration.ofMillis(1250));
    assertThat(made).hasSize(7);
  }

  @Test
  void anewGivesUpTheAttemptThatIsUnderWay() {
    attempts.anew(false);

    assertThat(made).hasSize(2);
    assertThat(made.get(0).isCancelled()).isTrue();
    assertThat(made.get(1).isDone()).isFalse();
    assertThat(heard).isEmpty();
  }

  @Test
  void aServiceThatAskedForADelayIsNotAskedAnewBefore() {
    fail(HOUR);
    pass(HOUR.dividedBy(2));
    attempts.anew(false);
    pass(HOUR.dividedBy(2).minusMillis(1));
    assertThat(made).hasSize(1);

    pass(Duration.ofMillis(1));
    assertThat(made).hasSize(2);
  }

  @Test
  void anotherServiceIsAskedAtOnce() {
    fail(HOUR);

    attempts.anew(true);

    assertThat(made).hasSize(2);
  }

  @Test
  void aDelayThatOneServiceAskedForDoesNotHoldBackAnother() {
    fail(HOUR);
    attempts.anew(true);

    attempts.anew(false);

    assertThat(made).hasSize(3);
  }

  private Promise<TunnelLink> attempt() {
    Promise<TunnelLink> promise = loop.newPromise();
    made.add(promise);
    return promise;
  }

  private void configure(String key, long value) {
    configured.put(key, value);
    settings = TunnelSettings.SCHEMA.parse(configured);
  }

  /** The last attempt fails. */
  private void fail(@Nullable Duration retryAfter) {
    made.get(made.size() - 1).setFailure(ConnectFailures.retry(retryAfter));
    channel.runPendingTasks();
  }

  private void pass(Duration time) {
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runPendingTasks();
  }

  private final class Hearing implements Attempts.Listener {
    @Override
    public void connected(TunnelLink link) {
      heard.add("connected");
    }

    @Override
    public void waiting(TunnelFailure why) {
      heard.add("waiting " + why.code());
    }

    @Override
    public void refused(TunnelFailure why) {
      heard.add("refused " + why.code());
    }

    @Override
    public void gaveUp(TunnelFailure why) {
      heard.add("gave up " + why.code());
    }
  }
}
