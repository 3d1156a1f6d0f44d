// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A leak that is made on purpose is found; the log, in which leaks are looked for, hides it. */
class LeakCheckTest {
  private static final int ROUNDS = 1000;

  private final PrintStream before = System.err;

  @SuppressWarnings("deprecation")
  static Stream<ResourceLeakDetector<Object>> detectors() {
    ResourceLeakDetectorFactory netty = ResourceLeakDetectorFactory.instance();
    return Stream.of(
        netty.newResourceLeakDetector(Object.class, 1),
        netty.newResourceLeakDetector(Object.class, 1, Long.MAX_VALUE));
  }

  @BeforeEach
  void hide() {
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void forget() {
    System.setErr(before);
    RecordingLeakDetector.forget();
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void whatIsNotReleasedIsFound(ResourceLeakDetector<Object> detector) {
    assertThat(detector).isInstanceOf(RecordingLeakDetector.class);
    LeakCheck.assertNone();
    detector.track(new Object());
    for (int i = 0; i < ROUNDS && RecordingLeakDetector.leaks().isEmpty(); i++) {
      System.gc();
      release(detector);
    }
    assertThatThrownBy(LeakCheck::assertNone).hasMessageContaining("Object");
  }

  /** The detector looks for leaks when it tracks something new. */
  private static void release(ResourceLeakDetector<Object> detector) {
    Object released = new Object();
    ResourceLeakTracker<Object> tracker = Objects.requireNonNull(detector.track(released));
    assertThat(tracker.close(released)).isTrue();
  }
}
