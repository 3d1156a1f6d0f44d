// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.load.Bulk;
import io.culvert.benchmarks.load.Direction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Some streams of bulk at once, on one service. One thread. */
final class Streams implements AutoCloseable {
  private final List<Bulk> streams = new ArrayList<>();

  private Streams() {}

  static Streams start(Rig rig, Direction direction, int count) throws IOException {
    Streams streams = new Streams();
    try {
      for (int i = 0; i < count; i++) {
        streams.streams.add(rig.clients().bulk(rig.address(Cell.BULK), direction));
      }
      return streams;
    } catch (IOException e) {
      streams.close();
      throw e;
    }
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
