// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 8, 1003, Pattern.BLOCK - 20, 5L * Pattern.BLOCK + 3})
  void whatWasSentIsRecognised(long position) {
    ByteBuffer bytes = received(position);

    assertThatCode(() -> Pattern.check(position, bytes)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 8, 1003})
  void aShiftIsFound(long position) {
    ByteBuffer bytes = received(position + 1);

    assertThatThrownBy(() -> Pattern.check(position, bytes)).isInstanceOf(IOException.class);
  }

  private static ByteBuffer received(long position) {
    ByteBuffer sent = Pattern.from(position);
    sent.limit(Math.min(sent.limit(), sent.position() + 64));
    return ByteBuffer.allocate(64).put(sent);
  }
}
