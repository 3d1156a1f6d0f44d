// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.config.ConfigurationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The tunnels of this process, each by its name. One that is closed leaves at once, and then winds
 * down: who takes its name waits for its ports. Safe for all threads; the lock is held for a look
 * into a map.
 */
final class TunnelList {
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Map<String, CompletableFuture<@Nullable Void>> closing = new HashMap<>();
  private final Runnable freed;
  private boolean stopped;

  /**
   * Makes an empty list.
   *
   * @param freed is told that a name is free, with the lock held: it must not do more than pass
   *     that on.
   */
  TunnelList(Runnable freed) {
    this.freed = freed;
  }

  /**
   * Adds a tunnel in place of another one, which the caller ends.
   *
   * @param old what leaves, null for nothing.
   * @return completes when nothing that was closed holds a port under the names of both.
   * @throws ConfigurationException if a third one has the name; nothing has changed then.
   * @throws IllegalStateException if the list has been stopped; likewise.
   */
  synchronized CompletableFuture<@Nullable Void> replace(
      @Nullable ListedTunnel old, ListedTunnel next) {
    if (stopped) {
      throw new IllegalStateException("the tunnel manager has stopped");
    }
    Place namesake = places.get(next.name());
    if (namesake != null && namesake.tunnel != old) {
      throw new ConfigurationException("name", next.name(), "another tunnel has this name");
    }
    CompletableFuture<@Nullable Void> free = closing(next.name());
    if (old != null) {
      leave(old);
      free = CompletableFuture.allOf(free, closing(old.name()));
    }
    places.put(next.name(), new Place(next, free));
    if (old != null && !old.name().equals(next.name())) {
      freed.run();
    }
    return free;
  }

  /** Takes a tunnel out and ends it; one that has left is ended again. */
  void close(ListedTunnel tunnel) {
    synchronized (this) {
      if (leave(tunnel) && !stopped) {
        freed.run();
      }
    }
    tunnel.end();
  }

  /** The caller has the lock. Returns whether it was there. */
  private boolean leave(ListedTunnel tunnel) {
    Place place = places.get(tunnel.name());
    if (place == null || place.tunnel != tunnel) {
      return false;
    }
    places.remove(tunnel.name());
    // It may be closed before it began, while its predecessors still hold the ports.
    CompletableFuture<@Nullable Void> gone = CompletableFuture.allOf(place.free, tunnel.ended());
    closing.put(tunnel.name(), gone);
    gone.thenRun(() -> forget(tunnel.name(), gone));
    return true;
  }

  private synchronized void forget(String name, CompletableFuture<@Nullable Void> gone) {
    closing.remove(name, gone);
  }

  /** The caller has the lock. Completes when nothing of that name holds a port any more. */
  private CompletableFuture<@Nullable Void> closing(String name) {
    return closing.getOrDefault(name, CompletableFuture.completedFuture(null));
  }

  /** Returns the tunnels in the order in which they came, as a copy. */
  synchronized List<ListedTunnel> all() {
    return places.values().stream().map(Place::tunnel).toList();
  }

  /** Takes all tunnels out, ends them, and takes no more; completes when no port is held. */
  CompletableFuture<@Nullable Void> stop() {
    List<ListedTunnel> all;
    List<CompletableFuture<?>> ending;
    synchronized (this) {
      stopped = true;
      all = all();
      ending = new ArrayList<>(closing.values());
    }
    for (ListedTunnel tunnel : all) {
      close(tunnel);
      ending.add(tunnel.ended());
    }
    return CompletableFuture.allOf(ending.toArray(CompletableFuture[]::new));
  }

  /** A tunnel, and what completes when its ports are free for it. */
  private record Place(ListedTunnel tunnel, CompletableFuture<@Nullable Void> free) {}
}
