// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What never changes about a tunnel.
 *
 * @param id the tunnel id.
 * @param services the ids of its services, at most three, possibly none.
 */
public record TunnelRecord(String id, List<String> services) {
  private static final int MAX_SERVICES = 3;
  private static final Pattern SERVICE_ID = Pattern.compile("[a-zA-Z0-9:_-]{1,128}");

  /** Checks the services against the limits of the real service. */
  public TunnelRecord {
    services = List.copyOf(services);
    if (services.size() > MAX_SERVICES) {
      throw new IllegalArgumentException(
          "services: " + services.size() + " given, a tunnel has at most " + MAX_SERVICES);
    }
    for (String service : services) {
      if (!SERVICE_ID.matcher(service).matches()) {
        throw new IllegalArgumentException(
            "services: '" + service + "' does not match " + SERVICE_ID.pattern());
      }
    }
    if (new HashSet<>(services).size() != services.size()) {
      throw new IllegalArgumentException("services: " + services + " names one twice");
    }
  }
}
