// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import io.culvert.core.pace.Scenario.Pace;
import java.util.List;

/** Scenarios that have something in common. */
abstract class Theme {
  static final long MB = 1_000_000;
  static final double LAN = 0.2;

  private final List<Scenario> all;

  Theme(List<Scenario> all) {
    this.all = all;
  }

  final Scenario add(String name, double rate, long hidden) {
    Scenario scenario = new Scenario(name, rate).hides(hidden);
    all.add(scenario);
    return scenario;
  }

  final Scenario addEcho(String name, double rate, long hidden) {
    return add(name, rate, hidden).echo(Pace.CLOSED, 20);
  }
}
