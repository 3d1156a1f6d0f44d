// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.load.Bulk;
import io.culvert.benchmarks.load.Direction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Some streams of bulk at once. One thread. */
final class Streams implements AutoCloseable {
  private final Rig rig;
  private final Direction direction;
  private final List<String> services;
  private final List<Bulk> streams = new ArrayList<>();

  /**
   * Opens none yet.
   *
   * @param services the service of each.
   */
  Streams(Rig rig, Direction direction, List<String> services) {
    this.rig = rig;
    this.direction = direction;
    this.services = List.copyOf(services);
  }

  /** Returns some on one service, not open yet. */
  static Streams equal(Rig rig, Direction direction, int count) {
    return new Streams(rig, direction, Collections.nCopies(count, Cell.BULK));
  }

  /** Opens all. */
  void start() throws IOException {
    for (String service : services) {
      streams.add(rig.clients().bulk(rig.address(service), direction));
    }
  }

  /** Tells whether they are several that are to get the same. */
  boolean areEqual() {
    return services.size() > 1 && Set.copyOf(services).size() == 1;
  }

  /** Returns the bytes that have arrived on each. */
  List<Long> arrived() throws IOException {
    List<Long> bytes = new ArrayList<>();
    for (Bulk stream : streams) {
      bytes.add(stream.arrived());
    }
    return bytes;
  }

  /** Returns the bytes that have arrived on all. */
  long total() throws IOException {
    return arrived().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void close() throws IOException {
    for (Bulk stream : streams) {
      stream.close();
    }
  }
}
