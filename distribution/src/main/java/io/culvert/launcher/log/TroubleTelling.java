// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.log;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * Tells of the first error of a stream, whose users never see one. For one thread; owns the stream
 * behind it.
 */
final class TroubleTelling extends FilterOutputStream {
  private final Consumer<IOException> listener;
  private boolean told;

  TroubleTelling(OutputStream out, Consumer<IOException> listener) {
    super(out);
    this.listener = listener;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      if (!told) {
        told = true;
        listener.accept(e);
      }
      throw e;
    }
  }
}
