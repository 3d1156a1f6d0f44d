// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

/**
 * Where something stands.
 *
 * @param file the file as the user named it.
 * @param line the line, counted from 1; 0 for the whole file.
 */
public record Place(String file, int line) {

  /** Returns the short form, {@code file:line}. */
  public String brief() {
    return line == 0 ? file : file + ":" + line;
  }

  /** Returns the form for sentences, {@code file line 3}. */
  @Override
  public String toString() {
    return line == 0 ? file : file + " line " + line;
  }
}
