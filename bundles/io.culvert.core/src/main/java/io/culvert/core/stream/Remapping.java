// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One change of a tunnel's mappings, applied to its services as a difference: a service whose
 * address stays the same notices nothing. Event loop only, used once.
 */
final class Remapping {
  private final TunnelStreams streams;
  private final ServiceMappings before;
  private final ServiceMappings after;
  private final List<String> changes = new ArrayList<>();

  Remapping(TunnelStreams streams, ServiceMappings before, ServiceMappings after) {
    this.streams = streams;
    this.before = before;
    this.after = after;
  }

  /**
   * Moves, removes and adds services.
   *
   * @param wanted the services to serve from now on.
   * @return what has changed, in words.
   */
  List<String> apply(Set<String> wanted) {
    ServiceTable services = streams.services();
    Set<String> served = services.ids();
    for (ServiceStream stream : services.all()) {
      if (!wanted.contains(stream.serviceId())) {
        reset(stream);
        changes.add("service " + stream.label() + " removed");
        continue;
      }
      String old = before.address(stream.serviceId(), served);
      String address = after.address(stream.serviceId(), wanted);
      // Other words for the same place are no change either.
      if (!Objects.equals(old, address) && !streams.isAt(stream, address)) {
        reset(stream);
        changes.add("service " + stream.label() + " " + streams.move(stream, address));
      }
    }
    services.update(wanted, streams::remove, stream -> add(stream, wanted));
    return changes;
  }

  private void add(ServiceStream stream, Set<String> wanted) {
    streams.add(stream, wanted);
    changes.add("service " + stream.label() + " added at " + stream.address());
  }

  /** Ends the connections of a service, at both ends, unless they are to be kept. */
  private void reset(ServiceStream stream) {
    for (Connection connection : stream.connections()) {
      if (!after.keepEstablished() || connection.isConnecting()) {
        streams.end(stream, connection);
        connection.abort();
      }
    }
  }
}
