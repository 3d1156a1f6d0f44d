// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.client;

import java.time.Duration;
import java.util.List;

/**
 * A file that has been fetched. Immutable.
 *
 * @param bytes how many arrived.
 * @param sha256 of all of them, in hexadecimal digits.
 * @param time how long it took.
 * @param breaks where it was interrupted.
 */
public record Download(long bytes, String sha256, Duration time, List<Break> breaks) {
  /**
   * An interruption.
   *
   * @param place the bytes that had arrived before it.
   * @param recovery the time until a new connection brought the next.
   */
  public record Break(long place, Duration recovery) {}
}
