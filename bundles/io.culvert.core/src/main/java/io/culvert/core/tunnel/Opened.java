// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.TunnelListener;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import org.jspecify.annotations.Nullable;

/**
 * A configured tunnel that was opened, and its last status if it has failed. Listens on the
 * tunnel's event loop, is asked on any thread.
 */
final class Opened implements TunnelListener {
  private volatile TunnelSpec spec;
  private volatile @Nullable TunnelStatus failed;

  Opened(TunnelSpec spec) {
    this.spec = spec;
  }

  /** Returns what is open. */
  TunnelSpec spec() {
    return spec;
  }

  /** Notes that something else is open now, in the same tunnel. */
  void remapped(TunnelSpec next) {
    spec = next;
  }

  /** Returns the last status of a tunnel that has failed; null if it has not. */
  @Nullable TunnelStatus failed() {
    return failed;
  }

  @Override
  public void changed(TunnelStatus status) {
    if (status.state() == TunnelState.FAILED) {
      failed = status;
    }
  }
}
