// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import io.culvert.api.Tunnel;
import io.culvert.api.TunnelListener;
import io.culvert.api.TunnelManager;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelStatus;
import io.culvert.launcher.log.Log;
import io.culvert.launcher.process.ExitCode;
import io.culvert.launcher.process.ExitReason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One tunnel from opening to its end. Thread-safe. */
final class TunnelRun {
  private final CompletableFuture<ExitReason> end = new CompletableFuture<>();
  private @Nullable Tunnel tunnel;

  private TunnelRun() {}

  /**
   * Opens the tunnel. A specification that the manager rejects ends the run at once.
   *
   * @param manager opens the tunnel.
   * @param spec what to open.
   * @param listener hears of every change before the run does.
   */
  static TunnelRun open(TunnelManager manager, TunnelSpec spec, TunnelListener listener) {
    TunnelRun run = new TunnelRun();
    try {
      run.tunnel =
          manager.open(
              spec,
              status -> {
                listener.changed(status);
                run.changed(status);
              });
    } catch (IllegalArgumentException e) {
      run.end.complete(new ExitReason(ExitCode.CONFIGURATION, String.valueOf(e.getMessage())));
    }
    return run;
  }

  /** Completes when the tunnel has come to a final state. Never completes exceptionally. */
  CompletableFuture<ExitReason> end() {
    return end;
  }

  /** Closes the tunnel and waits until it is closed, but no longer than told. */
  void close(long timeout, TimeUnit unit) throws InterruptedException {
    if (tunnel == null) {
      return;
    }
    tunnel.close();
    try {
      end.get(timeout, unit);
    } catch (TimeoutException e) {
      Log.warning("The tunnel did not close in time");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run never fails", e);
    }
  }

  private void changed(TunnelStatus status) {
    if (status.state().isFinal()) {
      ExitCode code = ExitCode.of(status);
      String why = status.failure() == null ? "The tunnel is closed" : status.failure().toString();
      end.complete(new ExitReason(code, why));
    }
  }
}
