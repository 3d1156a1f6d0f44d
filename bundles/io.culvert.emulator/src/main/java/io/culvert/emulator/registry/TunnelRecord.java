// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

import java.util.List;

/**
 * What clients have to know of a tunnel.
 *
 * @param id the tunnel id.
 * @param services the ids of its services, possibly none.
 */
public record TunnelRecord(String id, List<String> services) {
  /** Makes an immutable copy of the services. */
  public TunnelRecord {
    services = List.copyOf(services);
  }
}
