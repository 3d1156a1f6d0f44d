// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of one cell with one program: a line of the file of results. Immutable.
 *
 * @param date when it began, in UTC.
 * @param machine where.
 * @param load the load average of the last minute when it began, with what the run before it did.
 * @param service what played the service.
 * @param cell the cell.
 * @param run which of the runs, from 1 on.
 * @param program the program's name.
 * @param version the program's version.
 * @param figures what was measured, not all of it if the run failed.
 * @param failure why the run failed, or null.
 * @param died which process has ended before the end of the run, and how, or null.
 * @param lastLine what that process has printed last, without tokens, or null.
 */
@JsonInclude(Include.NON_NULL)
public record Result(
    String date,
    Machine machine,
    double load,
    String service,
    String cell,
    int run,
    String program,
    String version,
    Map<Figure, Double> figures,
    @Nullable String failure,
    @Nullable String died,
    @Nullable String lastLine) {
  /**
   * What a run is known by: another result with the same is of that run, measured again.
   *
   * @param service what played the service.
   * @param machine where.
   * @param cell the cell.
   * @param run which of the runs, from 1 on.
   * @param program the program's name.
   * @param version the program's version.
   */
  public record Id(
      String service, Machine machine, String cell, int run, String program, String version) {}

  /** Returns what the run is known by. */
  public Id id() {
    return new Id(service, machine, cell, run, program, version);
  }
}
