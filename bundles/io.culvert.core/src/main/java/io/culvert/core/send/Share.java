// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.send;

/** What part of a tunnel the connections of one service get. Event loop only. */
public final class Share {
  private final RateLimit limit = new RateLimit();
  private int weight = 1;

  /**
   * Follows the configuration.
   *
   * @param weight what each connection gets in relation to those of other services, at least 1.
   * @param bytesPerSecond what all of them may send together, 0 without limit.
   * @param now the time in nanoseconds.
   */
  public void set(int weight, long bytesPerSecond, long now) {
    this.weight = weight;
    limit.rate(bytesPerSecond, now);
  }

  int weight() {
    return weight;
  }

  RateLimit limit() {
    return limit;
  }
}
