// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import io.culvert.emulator.fault.RefusedException;
import io.culvert.emulator.folder.FolderException;
import io.culvert.emulator.json.Json;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code emulator status}: what the running emulator knows of its open tunnels. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    descriptionHeading = "%n",
    description = {
      "Shows the open tunnels of the running emulator, one line for each end.",
    },
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "CONNECTS counts accepted handshakes; MESSAGES and PAYLOAD what clients of this end sent,"
          + " PAYLOAD in bytes of application data; BROKEN the rules of the protocol that they"
          + " broke, each of which cost a connection; FAULTS what 'emulator fault' has put in"
          + " force.",
    })
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "As JSON, with a few more counts.")
  private boolean json;

  private final FolderOption folder;

  StatusCommand(FolderOption folder) {
    this.folder = folder;
  }

  @Override
  public Integer call() throws FolderException, RefusedException {
    Map<String, Object> status = folder.client().status();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(Json.write(status));
    } else {
      StatusTable.lines(status).forEach(out::println);
    }
    out.flush();
    return 0;
  }
}
