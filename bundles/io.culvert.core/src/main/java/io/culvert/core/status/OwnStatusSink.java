// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.status;

import io.culvert.api.ConfigurationReporter;
import io.culvert.config.Outcome;
import io.culvert.config.ReporterSink;
import io.culvert.config.StatusSink;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Tells of the configurations of this bundle's own components. A service apart from the reporter:
 * Felix hides a service from bundles that carry another copy of any of its types, and each that
 * reads configurations carries a {@link StatusSink}. Safe for all threads.
 */
@Component(name = "io.culvert.StatusSink", service = StatusSink.class)
public final class OwnStatusSink implements StatusSink {
  private final StatusSink sink;

  /**
   * Starts in a framework.
   *
   * @param reporter tells everybody.
   */
  @Activate
  public OwnStatusSink(@Reference ConfigurationReporter reporter) {
    sink = new ReporterSink(reporter);
  }

  @Override
  public void put(Outcome outcome, boolean another) {
    sink.put(outcome, another);
  }

  @Override
  public void remove(String pid) {
    sink.remove(pid);
  }
}
