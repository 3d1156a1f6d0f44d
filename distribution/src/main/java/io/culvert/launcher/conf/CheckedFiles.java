// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What is to be checked. Immutable.
 *
 * @param files the files, in the order of the findings.
 * @param folders the folders of which all files are among these.
 */
public record CheckedFiles(List<Path> files, Set<Path> folders) {
  /** Copies the collections. */
  public CheckedFiles {
    files = List.copyOf(files);
    folders = Set.copyOf(folders);
  }
}
