// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import io.culvert.api.ServiceStatus;
import io.culvert.api.TunnelListener;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tells the user when the tunnel is up and where a destination's services are. Confined to the
 * thread that calls it, which is the tunnel's; the engine's own log lines tell where it is
 * connected to, where a source listens, and failures.
 */
final class StatusPrinter implements TunnelListener {
  /** What scripts around the reference wait for. */
  static final String ESTABLISHED = "Successfully established websocket connection";

  private final Consumer<String> info;
  private final Map<String, String> shown = new HashMap<>();
  private int connects;

  StatusPrinter(Consumer<String> info) {
    this.info = info;
  }

  @Override
  public void changed(TunnelStatus status) {
    if (status.state() != TunnelState.CONNECTED) {
      return;
    }
    if (status.connects() != connects) {
      connects = status.connects();
      shown.clear();
      info.accept(ESTABLISHED);
    }
    if (status.mode() == TunnelMode.SOURCE) {
      return;
    }
    for (ServiceStatus service : status.services()) {
      String address = service.address();
      if (address != null && !address.equals(shown.put(service.serviceId(), address))) {
        String name = service.serviceId().isEmpty() ? "(no service id)" : service.serviceId();
        info.accept(name + ": forwards to " + address);
      }
    }
  }
}
