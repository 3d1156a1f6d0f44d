// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.config.HostPort;
import io.culvert.core.cipher.CipherSuites;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What TLS is offered before anybody answers. */
class TlsStepTest {
  @Test
  void suitesAreOfferedInTheOrderThatIsFastHere() {
    List<String> usual = offered(new CipherSuites(true));
    List<String> withoutAes = offered(new CipherSuites(false));
    assertThat(usual.get(0)).contains("AES");
    assertThat(withoutAes.get(0)).contains("CHACHA20");
    assertThat(withoutAes).containsExactlyInAnyOrderElementsOf(usual);
  }

  private static List<String> offered(CipherSuites suites) {
    EmbeddedChannel channel = new EmbeddedChannel();
    try {
      channel.pipeline().addLast(QuietTail.NAME, new QuietTail());
      new TlsStep(new ConnectFixture.Settings().build(), null, suites)
          .start(channel, new HostPort("localhost", 443), "the service");
      return List.of(channel.pipeline().get(SslHandler.class).engine().getEnabledCipherSuites());
    } finally {
      channel.finishAndReleaseAll();
    }
  }
}
