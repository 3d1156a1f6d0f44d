// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.demo.DemoException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AlarmTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Alarm alarm = new Alarm();

  @Test
  void theFirstReasonEndsAllWaiting() {
    alarm.ring(new DemoException("first"));
    alarm.ring(new DemoException("second"));
    assertThatThrownBy(alarm::await).hasMessage("first");
    assertThatThrownBy(() -> alarm.pause(LONG)).hasMessage("first");
    assertThatThrownBy(() -> alarm.get(new CompletableFuture<>(), LONG, "it")).hasMessage("first");
    assertThatThrownBy(() -> alarm.until(() -> false, LONG, "it")).hasMessage("first");
  }

  @Test
  void whatDoesNotComeIsNamed() {
    assertThatThrownBy(() -> alarm.until(() -> false, Duration.ZERO, "the tide"))
        .hasMessage("waited 0 s for the tide, and it did not come");
    assertThatThrownBy(() -> alarm.get(new CompletableFuture<>(), Duration.ZERO, "the tide"))
        .hasMessage("waited 0 s for the tide, and it did not come");
  }

  @Test
  void aQuestionIsAskedUntilTheAnswerIsYes() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    alarm.until(() -> asked.incrementAndGet() == 3, LONG, "the third time");
    assertThat(asked).hasValue(3);
  }

  @Test
  void aFailureKeepsItsCause() {
    CompletableFuture<String> failed = CompletableFuture.failedFuture(new IOException("broken"));
    assertThatThrownBy(() -> alarm.get(failed, LONG, "the file"))
        .hasMessage("the file: java.io.IOException: broken");
  }
}
