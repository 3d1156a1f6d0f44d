// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import io.culvert.api.ConfigurationReporter;

/**
 * Hands on what becomes of configurations to who tells it in another bundle. Safe for all threads.
 *
 * @param reporter who tells it.
 */
public record ReporterSink(ConfigurationReporter reporter) implements StatusSink {
  @Override
  public void put(Outcome outcome, boolean another) {
    reporter.put(outcome.status(), outcome.code(), outcome.instead().toString(), another);
  }

  @Override
  public void remove(String pid) {
    reporter.remove(pid);
  }
}
