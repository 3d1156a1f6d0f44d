// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
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
    assertThat(new CipherWarmUp(processor("flags : aes"), FEW).warm(never)).isEqualTo(FEW);
    assertThat(new CipherWarmUp(processor("flags : fpu"), FEW).warm(never)).isEqualTo(FEW);
  }

  @Test
  void endsWhenTimeIsUp() throws IOException, GeneralSecurityException {
    CipherWarmUp warmUp = new CipherWarmUp(processor("flags : aes"), FEW);
    assertThat(warmUp.warm(System.nanoTime() - 1)).isZero();
  }

  @Test
  void endsWhenItsThreadIsToEnd() throws IOException, GeneralSecurityException {
    CipherWarmUp warmUp = new CipherWarmUp(processor("flags : aes"), FEW);
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

  private Processor processor(String cpuInfo) throws IOException {
    return Processor.read(Files.writeString(folder.resolve("cpuinfo"), cpuInfo));
  }
}
