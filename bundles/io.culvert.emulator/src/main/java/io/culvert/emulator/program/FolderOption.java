// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import io.culvert.emulator.fault.FaultClient;
import io.culvert.emulator.fault.RefusedException;
import io.culvert.emulator.folder.EmulatorFolder;
import io.culvert.emulator.folder.FolderException;
import io.culvert.emulator.folder.RunningEmulator;
import io.culvert.emulator.tls.ClientTrust;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The option that says which folder is meant, one for the whole command line: it may stand before
 * or after a command. By it commands find the running emulator.
 */
final class FolderOption {
  @Option(
      names = FolderDefault.OPTION,
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = {
        "Folder with the emulator's certificates and keys, and with what says where it is while it"
            + " runs. Default: $XDG_STATE_HOME/culvert-emulator, or"
            + " ~/.local/state/culvert-emulator.",
      })
  private Path folder = Path.of("");

  /** Returns the folder. */
  Path path() {
    return folder;
  }

  /** Finds the emulator. */
  FaultClient client() throws FolderException, RefusedException {
    RunningEmulator running = EmulatorFolder.running(folder);
    try {
      return new FaultClient(
          running.faultEndpoint(), running.faultToken(), ClientTrust.only(running.authority()));
    } catch (IOException | GeneralSecurityException e) {
      throw new RefusedException("cannot use '" + running.authority() + "': " + e, e);
    }
  }
}
