// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelMode;
import io.culvert.config.SecretValues;
import io.culvert.core.config.Shares;
import io.culvert.core.status.ConfigurationReports;
import io.culvert.core.stream.Bridges;
import io.culvert.core.stream.ServiceMappings;
import io.culvert.core.stream.StreamBridge;
import io.culvert.core.stream.StreamsListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CipherWarmUpTest {
  private static final int FEW = 20;

  @TempDir private Path folder;

  @Test
  void warmsUpWithAllRecordsOnBothKindsOfProcessor() throws Exception {
    long never = System.nanoTime() + Long.MAX_VALUE / 2;
    assertThat(warmUp("flags : aes").warm(never)).isEqualTo(FEW);
    assertThat(warmUp("flags : fpu").warm(never)).isEqualTo(FEW);
  }

  @Test
  void endsWhenTimeIsUp() throws IOException, GeneralSecurityException {
    CipherWarmUp warmUp = warmUp("flags : aes");
    assertThat(warmUp.warm(System.nanoTime() - 1)).isZero();
  }

  @Test
  void endsWhenItsThreadIsToEnd() throws IOException, GeneralSecurityException {
    CipherWarmUp warmUp = warmUp("flags : aes");
    Thread.currentThread().interrupt();
    assertThat(warmUp.warm(System.nanoTime() + Long.MAX_VALUE / 2)).isZero();
  }

  @Test
  void beginsOnceInAProcess() {
    AtomicBoolean begun = new AtomicBoolean();
    List<Runnable> taken = new ArrayList<>();
    CipherWarmUp.once(taken::add, begun);
    CipherWarmUp.once(taken::add, begun);
    assertThat(taken).hasSize(1);
  }

  @Test
  void beginsLaterWhereItCouldNot() {
    AtomicBoolean begun = new AtomicBoolean();
    List<Runnable> taken = new ArrayList<>();
    CipherWarmUp.once(
        task -> {
          throw new RejectedExecutionException();
        },
        begun);
    CipherWarmUp.once(taken::add, begun);
    assertThat(taken).hasSize(1);
  }

  /** Others may have begun before, in the same process. */
  @Test
  void beginsWithTheFirstTunnelOfABridge() {
    CipherWarmUp.BEGUN.set(false);
    StreamBridge bridge =
        new StreamBridge(new SecretValues(), new ConfigurationReports(), Map.of());
    try {
      assertThat(CipherWarmUp.BEGUN).isFalse();
      bridge.streams(
          "test",
          TunnelMode.SOURCE,
          bridge.transport().nextLoop(),
          new ServiceMappings(Map.of(), Map.of(), false, Shares.EQUAL),
          null,
          new Indifferent());
      assertThat(CipherWarmUp.BEGUN).isTrue();
    } finally {
      Bridges.deactivate(bridge);
    }
  }

  private CipherWarmUp warmUp(String cpuInfo) throws IOException {
    Path file = Files.writeString(folder.resolve("cpuinfo"), cpuInfo);
    return new CipherWarmUp(() -> Processor.read(file, "amd64"), FEW);
  }

  /** Streams that are never up have nothing to say. */
  private static final class Indifferent implements StreamsListener {
    @Override
    public void ready() {}

    @Override
    public void failed(TunnelFailure failure) {}

    @Override
    public void reconnect(String reason) {}

    @Override
    public void changed() {}
  }
}
