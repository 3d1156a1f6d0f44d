// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import io.culvert.api.ConfigurationReporter;
import io.culvert.api.ConfigurationStatus;
import io.culvert.api.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/** Writes down what became of configurations. Used by one thread. */
final class PlayedReporter implements ConfigurationReporter {
  final List<ConfigurationStatus> reports = new ArrayList<>();
  final List<String> removed = new ArrayList<>();

  @Override
  public void put(ConfigurationStatus status, ErrorCode code, String instead, boolean another) {
    reports.add(status);
  }

  @Override
  public void remove(String pid) {
    removed.add(pid);
  }
}
