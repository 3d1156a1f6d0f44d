// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.client;

import io.culvert.demo.app.Noise;
import io.culvert.demo.display.Progress;
import java.io.InputStream;
import java.util.Objects;

/** Reads noise from its beginning, and counts what was read. Not safe for several threads. */
final class NoiseStream extends InputStream {
  private static final int CHUNK = 1 << 15;

  private final Noise noise;
  private final Progress progress;
  private final byte[] chunk = new byte[CHUNK];
  private long place;

  NoiseStream(Noise noise, Progress progress) {
    this.noise = noise;
    this.progress = progress;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    int ready = noise.read(place, chunk);
    if (ready == 0) {
      return -1;
    }
    int count = Math.min(ready, length);
    System.arraycopy(chunk, 0, buffer, offset, count);
    place += count;
    progress.add(count);
    return count;
  }
}
