// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.wire.TunnelMessage;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The services of one tunnel, in the order in which they became known. Event loop only. */
final class ServiceTable {
  private final Map<String, ServiceStream> services = new LinkedHashMap<>();

  /** Returns the services, as a copy that may be walked while they change. */
  List<ServiceStream> all() {
    return List.copyOf(services.values());
  }

  /** Returns the ids of the services, as a copy. */
  Set<String> ids() {
    return new LinkedHashSet<>(services.keySet());
  }

  @Nullable ServiceStream get(String serviceId) {
    return services.get(serviceId);
  }

  /** Finds the service that a message names or, if it names none, can only mean. */
  @Nullable ServiceStream of(TunnelMessage message) {
    ServiceStream named = services.get(message.serviceId());
    if (named != null || !message.serviceId().isEmpty()) {
      return named;
    }
    for (ServiceStream stream : services.values()) {
      if (services.size() == 1 || (stream.isActive() && stream.streamId() == message.streamId())) {
        return stream;
      }
    }
    return null;
  }

  /**
   * Makes these the services.
   *
   * @param wanted their ids.
   * @param removed hears of each service that is not among them any more.
   * @param added hears of each service that was not there before.
   */
  void update(Set<String> wanted, Consumer<ServiceStream> removed, Consumer<ServiceStream> added) {
    for (ServiceStream stream : all()) {
      if (!wanted.contains(stream.serviceId())) {
        services.remove(stream.serviceId());
        removed.accept(stream);
      }
    }
    for (String serviceId : wanted) {
      if (!services.containsKey(serviceId)) {
        ServiceStream stream = new ServiceStream(serviceId);
        services.put(serviceId, stream);
        added.accept(stream);
      }
    }
  }
}
