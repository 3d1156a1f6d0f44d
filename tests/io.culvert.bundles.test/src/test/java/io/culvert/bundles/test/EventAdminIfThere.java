// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import java.util.List;
import java.util.Map;

/** Events go to an EventAdmin where there is one; a resolver must not ask for it. */
final class EventAdminIfThere implements Rule {
  private static final Requirements EVENT_ADMIN =
      new Requirements(Map.of("objectClass", "org.osgi.service.event.EventAdmin"));

  @Override
  public List<String> complaints(FinishedBundle bundle) {
    return bundle.mandatoryFilters("osgi.service").stream()
        .filter(EVENT_ADMIN::fulfil)
        .map(filter -> "cannot do without an EventAdmin: " + filter)
        .toList();
  }
}
