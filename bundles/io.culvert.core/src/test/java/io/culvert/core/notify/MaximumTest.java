// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import static io.culvert.api.NotificationDecision.OPENED;
import static io.culvert.api.NotificationDecision.TOO_MANY;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.TunnelState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How many tunnels notifications may open, and who may replace whom. */
class MaximumTest extends SinkFixture {
  @Test
  void aNewTokenNeverEndsTheTunnelOfAnOldOne() {
    take(1, "SSH");
    take(2, "SSH");
    worker.work();

    assertThat(opener.open()).containsExactly("notification-1", "notification-2");
  }

  @Test
  void atTheMaximumOneForTheSameServicesIsLetIn() {
    sink.modified(Map.of("max.tunnels", 2));
    take(1, "SSH");
    take(2, "HTTP", "SSH");

    assertThat(take(3, "VNC")).isEqualTo(TOO_MANY);
    assertThat(take(4, "SSH", "HTTP")).as("the same set").isEqualTo(OPENED);
    assertThat(take(5, "HTTP", "SSH")).as("one per set").isEqualTo(TOO_MANY);
    assertThat(take(6, "SSH")).isEqualTo(OPENED);
    assertThat(take(7, "SSH")).isEqualTo(TOO_MANY);
    assertThat(sink.status().tunnels()).hasSize(4);
  }

  @Test
  void aRotatedTunnelMakesRoomForTheNextRotation() {
    sink.modified(Map.of("max.tunnels", 1));
    for (int i = 0; i < 20; i++) {
      assertThat(take(i, "SSH")).isEqualTo(OPENED);
      if (i > 0) {
        assertThat(take(1000 + i, "SSH")).isEqualTo(TOO_MANY);
        // The service refuses the old one after an earlier success: a normal end.
        opener.opened.get(i - 1).move(TunnelState.CLOSED);
        worker.work();
      }
      assertThat(sink.status().tunnels()).hasSize(1);
    }
    opener.last().move(TunnelState.CLOSED);
    worker.work();
    assertThat(take(100, "HTTP")).isEqualTo(OPENED);
  }

  @Test
  void whenTheNewerOneEndsTheOlderOneMayStillBeReplaced() {
    sink.modified(Map.of("max.tunnels", 1));
    take(1, "SSH");
    take(2, "SSH");
    opener.last().move(TunnelState.FAILED);
    worker.work();

    assertThat(sink.status().tunnels()).containsExactly("notification-1");
    assertThat(take(3, "SSH")).isEqualTo(OPENED);
    assertThat(take(4, "SSH")).isEqualTo(TOO_MANY);
  }

  @Test
  void aBurstOpensAsManyAsAllowedFromManyThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Object>> calls = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        int token = i;
        calls.add(() -> take(token, "SSH"));
        calls.add(() -> take(token, "SSH"));
      }
      List<Object> decisions = new ArrayList<>();
      for (Future<Object> call : threads.invokeAll(calls)) {
        decisions.add(call.get());
      }

      assertThat(decisions).filteredOn(OPENED::equals).hasSize(6);
      assertThat(opener.open()).hasSize(6).doesNotHaveDuplicates();
      assertThat(sink.status().decisions().values().stream().mapToLong(it -> it).sum())
          .isEqualTo(100);
    } finally {
      threads.shutdownNow();
    }
  }
}
