// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import io.culvert.api.TunnelManager;
import io.culvert.launcher.framework.FrameworkHost;
import io.culvert.launcher.framework.FrameworkSettings;
import io.culvert.launcher.log.Log;
import io.culvert.launcher.process.ExitCode;
import io.culvert.launcher.process.ExitReason;
import io.culvert.launcher.process.PrivateFolder;
import io.culvert.launcher.reference.Notice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.osgi.framework.BundleException;

/** Runs one plan from the start of the framework to its end. For one use by one thread. */
final class Launcher {
  private static final long MANAGER_MILLIS = 30_000;
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
  private static final long CLOSE_MILLIS = 1_500;

  private final Path bundles;
  private final Path state;
  private final CompletableFuture<ExitReason> end;

  /**
   * Makes a launcher.
   *
   * @param bundles the folder of the bundles.
   * @param state where client tokens are kept.
   * @param stop completes with who wants the run to end in order.
   */
  Launcher(Path bundles, Path state, CompletableFuture<String> stop) {
    this.bundles = bundles;
    this.state = state;
    this.end = stop.thenApply(why -> new ExitReason(ExitCode.OK, "Stopped by " + why));
  }

  /**
   * Runs until the tunnel ends or somebody stops it. Everything that was started is stopped, and
   * everything that was written is deleted, before this returns.
   *
   * @param plan what to run.
   */
  ExitReason run(LaunchPlan plan) {
    for (Notice notice : plan.notices()) {
      Log.log(notice.level(), notice.message());
    }
    PrivateFolder made;
    try {
      made = PrivateFolder.create(TEMPORARY);
    } catch (IOException e) {
      return new ExitReason(
          ExitCode.STORAGE,
          "The folder for temporary files, '"
              + TEMPORARY
              + "', cannot be used ("
              + e
              + "): mend it, or name another with CULVERT_JAVA_OPTS=-Djava.io.tmpdir=FOLDER");
    }
    try (PrivateFolder storage = made) {
      Thread cleaner = new Thread(() -> deleteAtExit(storage), "culvert-cleaner");
      Runtime.getRuntime().addShutdownHook(cleaner);
      return runIn(storage.path(), plan);
    } catch (IOException e) {
      return new ExitReason(ExitCode.STORAGE, "A file or folder cannot be used: " + e);
    } catch (BundleException | RuntimeException e) {
      return new ExitReason(ExitCode.INTERNAL, "The bundles cannot be started: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ExitReason(ExitCode.INTERNAL, "Interrupted");
    }
  }

  /** For ends that do not come through {@link #run}, such as an error in another thread. */
  private static void deleteAtExit(PrivateFolder storage) {
    try {
      storage.close();
    } catch (IOException e) {
      Log.warning(storage.path() + " is left behind: " + e);
    }
  }

  private ExitReason runIn(Path storage, LaunchPlan plan)
      throws IOException, BundleException, InterruptedException {
    try (FrameworkHost host = FrameworkHost.start(FrameworkSettings.inMemory(bundles, storage))) {
      host.configure(SettingsMapping.configurations(plan, state));
      host.startApplication();
      CompletableFuture<TunnelManager> manager = host.service(TunnelManager.class);
      CompletableFuture.anyOf(end, manager).get(MANAGER_MILLIS, TimeUnit.MILLISECONDS);
      return end.isDone() ? end.join() : runTunnel(manager.join(), plan);
    } catch (TimeoutException e) {
      return new ExitReason(
          ExitCode.INTERNAL, "The tunnel manager did not start; see the lines before");
    } catch (ExecutionException e) {
      throw new IllegalStateException("neither a signal nor a service fails", e);
    }
  }

  /** Package-private for tests: the part of a run that needs nothing but a manager. */
  ExitReason runTunnel(TunnelManager manager, LaunchPlan plan) throws InterruptedException {
    TunnelRun run = TunnelRun.open(manager, plan.tunnel(), new StatusPrinter(Log::info));
    try {
      return end.applyToEither(run.end(), Function.identity()).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run never fails", e);
    } finally {
      run.close(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
