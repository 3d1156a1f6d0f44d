// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {
  /**
   * On the loop itself the end comes at the worst moment: behind the look for whether it is near.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void channelsAreClosedWheneverTheEndComes(boolean nativeTransport) throws Exception {
    try (LoopbackChannel loopback = new LoopbackChannel(nativeTransport)) {
      Channel channel = loopback.channel();

      channel.eventLoop().execute(loopback.transport()::close);

      assertThat(channel.eventLoop().terminationFuture().await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(channel.isOpen()).isFalse();
    }
  }
}
