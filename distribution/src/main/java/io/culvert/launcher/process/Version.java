// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.process;

/** The version of the programs. */
public final class Version {
  private Version() {}

  /**
   * Returns one line.
   *
   * @param program what the line is about.
   */
  public static String of(String program) {
    String version = Version.class.getPackage().getImplementationVersion();
    return "Culvert " + program + " " + (version == null ? "(unpackaged)" : version);
  }
}
