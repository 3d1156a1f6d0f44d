// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.core.net.LoopbackChannel;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a path is given up on which bytes are stuck, by what the kernel tells of it. */
class StuckPathTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void pathOnWhichNothingIsAcknowledgedForTheLimitIsDead() {
    assertThat(isDead(true, 51, 59, LIMIT)).isFalse();
    assertThat(isDead(true, 51, 60, LIMIT)).isTrue();
  }

  /** The kernel looks every two minutes whether the window is open again. */
  @Test
  void closedWindowIsNoReasonAsLongAsTheKernelsProbesAreAcknowledged() {
    assertThat(isDead(false, 1, 2 * 120, LIMIT)).isFalse();
    assertThat(isDead(false, 1, 300, LIMIT)).isTrue();
  }

  /** It does the same if the other end drops what it has no room for. */
  @Test
  void rareTriesNeedMoreThanOneThatIsLost() {
    assertThat(isDead(true, 120, 2 * 120, LIMIT)).isFalse();
    assertThat(isDead(true, 120, 300, LIMIT)).isTrue();
  }

  @Test
  void longLimitIsKept() {
    assertThat(isDead(false, 120, 3599, LONG)).isFalse();
    assertThat(isDead(true, 120, 3600, LONG)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void otherEndThatTakesNothingIsNotDead(boolean nativeTransport) throws Exception {
    try (LoopbackChannel loopback = new LoopbackChannel(nativeTransport)) {
      Channel channel = loopback.channel();
      try (Socket other = loopback.accept()) {
        assertThat(other.isConnected()).isTrue();
        channel.eventLoop().submit(() -> fill(channel)).sync();
        assertThat(channel.eventLoop().submit(() -> StuckPath.isDead(channel, LIMIT)).get())
            .isFalse();
      }
    }
  }

  private static void fill(Channel channel) {
    while (channel.isWritable()) {
      channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[1 << 16]));
    }
  }

  private static boolean isDead(boolean underWay, int pause, int silence, Duration limit) {
    return StuckPath.isDead(
        underWay, Duration.ofSeconds(pause), Duration.ofSeconds(silence), limit);
  }
}
