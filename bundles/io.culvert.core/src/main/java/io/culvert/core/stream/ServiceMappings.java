// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelFailure;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which endpoint or listen address belongs to which service. Immutable.
 *
 * @param addresses service id to address; the empty id serves a tunnel with one service or none.
 */
public record ServiceMappings(Map<String, String> addresses) {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceMappings.class);

  /** Copies the map. */
  public ServiceMappings {
    addresses = Map.copyOf(addresses);
  }

  /** Finds the address of a service of a tunnel that has these services; null if there is none. */
  @Nullable String address(String serviceId, Set<String> services) {
    String address = addresses.get(serviceId);
    return address == null && services.size() == 1 ? addresses.get("") : address;
  }

  /** Warns of mappings that the tunnel has no service for; they are a failure only if strict. */
  @Nullable TunnelFailure unused(Set<String> services, boolean strict, String tunnel) {
    Set<String> unused = new TreeSet<>(addresses.keySet());
    unused.removeAll(services);
    if (services.size() == 1) {
      unused.remove("");
    }
    if (unused.isEmpty()) {
      return null;
    }
    String message =
        "no service of the tunnel for the mapping of " + unused + "; it has " + services;
    if (strict) {
      return TunnelFailure.of(ErrorCode.SERVICES, message);
    }
    LOG.warn("{}: {}", tunnel, message);
    return null;
  }
}
