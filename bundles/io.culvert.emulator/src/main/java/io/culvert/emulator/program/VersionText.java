// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import picocli.CommandLine.IVersionProvider;

/** Says which version this is. */
final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = VersionText.class.getPackage().getImplementationVersion();
    return new String[] {"Culvert emulator " + (version == null ? "(unpackaged)" : version)};
  }
}
