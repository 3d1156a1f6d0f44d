// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import io.culvert.launcher.cli.Surroundings;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The entry point of {@code bin/localproxy}; this class is in {@code lib} beside {@code bundle}.
 */
public final class Main {
  private static final long EXIT_SECONDS = 10;

  private Main() {}

  /**
   * Runs the program and ends the process.
   *
   * @param arguments the arguments, unless they are in the environment.
   * @throws URISyntaxException if the program lies in a place that has no path.
   */
  public static void main(String[] arguments) throws URISyntaxException {
    Path jar = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path bundles = jar.resolveSibling("..").resolve("bundle").normalize();
    Surroundings surroundings = new Surroundings(System.getenv(), Path.of(""));
    ExitCode code = ExitCode.INTERNAL;
    try {
      code = new LocalProxy(surroundings, bundles, System.out, System.err).run(arguments);
    } catch (Throwable e) {
      // An error, too: the JVM would end with 1, which stands for a wrong configuration here.
      Thread.currentThread()
          .getUncaughtExceptionHandler()
          .uncaughtException(Thread.currentThread(), e);
    }
    haltIfExitHangs(code);
    System.exit(code.status());
  }

  /** Shutdown hooks of others must not keep the process: the last resort. */
  private static void haltIfExitHangs(ExitCode code) {
    Thread watchdog =
        new Thread(
            () -> {
              try {
                if (!new CountDownLatch(1).await(EXIT_SECONDS, TimeUnit.SECONDS)) {
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
