// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.display;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;

/**
 * The columns of the terminal, from a file with rows and columns that the start script keeps up to
 * date. Thread-safe; 80 where the file says nothing of use.
 */
public final class TerminalSize implements IntSupplier {
  private static final int USUAL = 80;

  private final Path file;

  public TerminalSize(Path file) {
    this.file = file;
  }

  @Override
  public int getAsInt() {
    try {
      String[] size = Files.readString(file).strip().split(" ", -1);
      int columns = size.length == 2 ? Integer.parseInt(size[1]) : 0;
      return columns > 0 ? columns : USUAL;
    } catch (IOException | NumberFormatException e) {
      return USUAL;
    }
  }
}
