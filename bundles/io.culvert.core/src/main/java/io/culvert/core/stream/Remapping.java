// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One change of where a tunnel's services are, applied to them as a difference: a service that is
 * where it belongs, in whatever words, notices nothing. Event loop only, used once.
 */
final class Remapping {
  private final TunnelServices services;
  private final ServiceMappings mappings;
  private final List<String> changes = new ArrayList<>();

  Remapping(TunnelServices services, ServiceMappings mappings) {
    this.services = services;
    this.mappings = mappings;
  }

  /**
   * Moves, removes and adds services.
   *
   * @param wanted the services to serve from now on.
   * @return what has changed, in words.
   */
  List<String> apply(Set<String> wanted) {
    ServiceTable table = services.services();
    for (ServiceStream stream : table.all()) {
      if (!wanted.contains(stream.serviceId())) {
        reset(stream);
        changes.add("service " + stream.label() + " removed");
        continue;
      }
      String address = mappings.address(stream.serviceId(), wanted);
      if (!services.isAt(stream, address)) {
        reset(stream);
        changes.add("service " + stream.label() + " " + services.move(stream, address));
      }
    }
    table.update(wanted, services::remove, stream -> add(stream, wanted));
    return changes;
  }

  private void add(ServiceStream stream, Set<String> wanted) {
    services.add(stream, wanted);
    changes.add("service " + stream.label() + " added at " + stream.address());
  }

  /** Ends the connections of a service, at both ends, unless they are to be kept. */
  private void reset(ServiceStream stream) {
    for (Connection connection : stream.connections()) {
      if (!mappings.keepEstablished() || connection.isConnecting()) {
        services.end(stream, connection);
        connection.abort();
      }
    }
  }
}
