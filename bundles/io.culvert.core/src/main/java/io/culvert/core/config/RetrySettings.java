// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.config.RetryDelay;
import io.culvert.config.Values;

/**
 * When attempts to connect follow a failed one.
 *
 * @param delay how long to wait before each.
 * @param count how many may fail, -1 without end.
 */
public record RetrySettings(RetryDelay delay, int count) {
  static RetrySettings read(Values values) {
    return new RetrySettings(RetryDelay.read(values), values.integer("retry.count"));
  }
}
