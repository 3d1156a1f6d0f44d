// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives {@code --folder} of all commands its default. */
final class FolderDefault implements IDefaultValueProvider {
  static final String OPTION = "--folder";

  private final Path folder;

  FolderDefault(Path folder) {
    this.folder = folder;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    boolean isFolder = argument instanceof OptionSpec option && option.longestName().equals(OPTION);
    return isFolder ? folder.toString() : null;
  }
}
