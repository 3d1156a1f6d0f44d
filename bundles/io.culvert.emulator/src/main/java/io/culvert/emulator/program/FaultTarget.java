// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import io.culvert.emulator.fault.FaultKind;
import io.culvert.emulator.fault.FaultRequest;
import io.culvert.emulator.fault.Parameters;
import io.culvert.emulator.fault.RefusedException;
import io.culvert.emulator.folder.FolderException;
import io.culvert.emulator.registry.TunnelEnd;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all fault commands have in common: which tunnel, which end. */
final class FaultTarget {
  @Option(
      names = "--tunnel",
      paramLabel = "ID",
      description = "The tunnel; not needed while only one is open.")
  private @Nullable String tunnel;

  @Option(
      names = "--end",
      paramLabel = "END",
      description = "source or destination; both unless given.")
  private @Nullable TunnelEnd end;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  private boolean help;

  /**
   * Has a fault carried out.
   *
   * @return a sentence that says where.
   * @throws IllegalArgumentException if a value is not allowed.
   */
  String carryOut(FolderOption folder, FaultKind kind, Map<String, ?> values)
      throws FolderException, RefusedException {
    FaultRequest request = new FaultRequest(kind, new Parameters(values), tunnel, end);
    Map<String, Object> answer = folder.client().carryOut(request);
    return "Done: "
        + kind.wireName()
        + " at "
        + ends(answer)
        + " of tunnel "
        + answer.get("tunnel");
  }

  private static String ends(Map<String, Object> answer) {
    return String.valueOf(answer.get("ends")).replaceAll("[\\[\\]]", "").replace(", ", " and ");
  }
}
