// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ServiceStatus;
import io.culvert.api.TunnelListener;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Remembers what a tunnel tells its listener, and waits for it. Safe for all threads. */
final class Recorder implements TunnelListener {
  private static final long PATIENCE_SECONDS = 30;

  private final List<TunnelStatus> seen = new ArrayList<>();

  @Override
  public synchronized void changed(TunnelStatus status) {
    seen.add(status);
    notifyAll();
  }

  /** Returns everything that was told. */
  synchronized List<TunnelStatus> all() {
    return List.copyOf(seen);
  }

  /** Returns the states in their order, each once as long as it lasted. */
  List<TunnelState> states() {
    List<TunnelState> states = new ArrayList<>();
    for (TunnelStatus status : all()) {
      if (states.isEmpty() || states.get(states.size() - 1) != status.state()) {
        states.add(status.state());
      }
    }
    return states;
  }

  /** Waits for the first status of a kind. */
  synchronized TunnelStatus await(Predicate<TunnelStatus> wanted) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    for (int next = 0; ; ) {
      for (; next < seen.size(); next++) {
        if (wanted.test(seen.get(next))) {
          return seen.get(next);
        }
      }
      assertThat(System.nanoTime()).as("gave up waiting after " + seen).isLessThan(end);
      wait(100);
    }
  }

  TunnelStatus await(TunnelState state) throws InterruptedException {
    return await(status -> status.state() == state);
  }

  /** Waits until the WebSocket of that number is up and the services are known. */
  TunnelStatus awaitConnected(int connects) throws InterruptedException {
    return await(
        status -> status.state() == TunnelState.CONNECTED && status.connects() == connects);
  }

  /** Waits until a service listens, and returns its port. */
  int awaitPort(String service) throws InterruptedException {
    TunnelStatus listening = await(status -> port(status, service) > 0);
    return port(listening, service);
  }

  private static int port(TunnelStatus status, String service) {
    for (ServiceStatus one : status.services()) {
      String address = one.address();
      if (one.serviceId().equals(service) && address != null) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
      }
    }
    return 0;
  }
}
