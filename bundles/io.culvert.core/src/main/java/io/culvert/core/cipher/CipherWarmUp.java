// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.cipher;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Java compile its cipher before the first tunnel needs it. Until then it takes 60 times as
 * long, and on the event loop, where everything else would wait for it. What counts is how often
 * the cipher is called, so it gets many small records; it ends early on machines that are slow.
 * Once per process; for any thread that may be busy for a moment.
 */
public final class CipherWarmUp implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(CipherWarmUp.class);
  static final AtomicBoolean BEGUN = new AtomicBoolean();

  private static final int RECORDS = 10_000;
  private static final int RECORD = 2048;
  private static final int TAG = 16;
  private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(500);

  private final Supplier<Processor> processor;
  private final int records;

  CipherWarmUp(Supplier<Processor> processor, int records) {
    this.processor = processor;
    this.records = records;
  }

  /**
   * Begins, unless that has been done in this process.
   *
   * @param executor takes half a second of work at most.
   */
  public static void once(Executor executor) {
    once(executor, BEGUN);
  }

  static void once(Executor executor, AtomicBoolean begun) {
    if (begun.compareAndSet(false, true)) {
      try {
        executor.execute(new CipherWarmUp(Processor::here, RECORDS));
      } catch (RejectedExecutionException e) {
        // There is too much to do, or the end has come: the next tunnel may try again.
        begun.set(false);
      }
    }
  }

  @Override
  public void run() {
    long begun = System.nanoTime();
    try {
      int done = warm(begun + LONGEST);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
      LOG.debug("warmed the cipher up with {} records in {} ms", done, millis);
    } catch (GeneralSecurityException | RuntimeException e) {
      // TLS will say what is missing, if it needs it.
      LOG.debug("the cipher cannot be warmed up: {}", e.toString());
    }
  }

  /** Encrypts and decrypts as TLS does, and returns how many records. */
  int warm(long deadline) throws GeneralSecurityException {
    boolean aes = processor.get().hasAes();
    String name = aes ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305";
    Cipher sender = Cipher.getInstance(name);
    Cipher receiver = Cipher.getInstance(name);
    SecretKeySpec key = new SecretKeySpec(new byte[32], aes ? "AES" : "ChaCha20");
    ByteBuffer plain = ByteBuffer.allocate(RECORD + TAG);
    ByteBuffer sealed = ByteBuffer.allocate(RECORD + TAG);
    byte[] head = new byte[5];
    byte[] nonce = new byte[12];
    int done = 0;
    while (done < records && System.nanoTime() < deadline && !Thread.interrupted()) {
      ByteBuffer.wrap(nonce).putInt(done);
      AlgorithmParameterSpec spec =
          aes ? new GCMParameterSpec(8 * TAG, nonce) : new IvParameterSpec(nonce);
      sender.init(Cipher.ENCRYPT_MODE, key, spec);
      sender.updateAAD(head);
      sender.doFinal(plain.clear().limit(RECORD), sealed.clear());
      receiver.init(Cipher.DECRYPT_MODE, key, spec);
      receiver.updateAAD(head);
      receiver.doFinal(sealed.flip(), plain.clear());
      done++;
    }
    return done;
  }
}
