// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.process;

import io.culvert.program.StopSignals;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A program as a process: when it is asked to stop, where it lies, and how it ends. */
public final class Program {
  /** Less than the five seconds that are promised, by what the JVM needs to end. */
  private static final long STOP_MILLIS = 4_500;

  private static final long EXIT_MILLIS = 10_000;

  private Program() {}

  /** What a program does. */
  @FunctionalInterface
  public interface Body {
    /**
     * Runs the program.
     *
     * @param home the folder in which it lies, with {@code bin}, {@code lib} and {@code bundle}.
     * @param stop completes with the name of the signal that asks the process to stop.
     * @return how the process shall exit.
     * @throws Exception if something went wrong that is an error in the program.
     */
    ExitCode run(Path home, CompletableFuture<String> stop) throws Exception;
  }

  /**
   * Runs a program and ends the process. Call it first of all: until then, a signal ends the
   * process at once.
   *
   * @param body the program.
   */
  public static void run(Body body) {
    CompletableFuture<String> stop = StopSignals.handle();
    // A signal is what ends the process, so it is no failure if not all was stopped in order.
    stop.thenRun(() -> haltAfter(STOP_MILLIS, ExitCode.OK));
    ExitCode code = ExitCode.INTERNAL;
    try {
      code = body.run(home(), stop);
    } catch (Throwable e) {
      // An error, too: the JVM would end with 1, which stands for a wrong configuration here.
      Thread.currentThread()
          .getUncaughtExceptionHandler()
          .uncaughtException(Thread.currentThread(), e);
    }
    haltAfter(EXIT_MILLIS, code);
    System.exit(code.status());
  }

  private static Path home() throws URISyntaxException {
    Path jar = Path.of(Program.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return jar.resolveSibling("..").normalize();
  }

  /** The last resort: neither bundles nor shutdown hooks of others must keep the process. */
  private static void haltAfter(long millis, ExitCode code) {
    Thread watchdog =
        new Thread(
            () -> {
              try {
                if (!new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)) {
                  Runtime.getRuntime().halt(code.status());
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "culvert-exit-watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
  }
}
