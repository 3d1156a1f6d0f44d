// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import java.time.Duration;

/**
 * How long the parts of a cell with bulk take. Immutable.
 *
 * @param idle with echoes alone, before bulk begins.
 * @param start the first part with bulk.
 * @param steady the part that counts.
 * @param alone bulk without echoes, in cells that have that.
 */
public record Stretches(Duration idle, Duration start, Duration steady, Duration alone) {
  /** What results that are kept were measured with. */
  public static final Stretches FULL =
      new Stretches(
          Duration.ofSeconds(3),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(40));
}
