// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelFailure;
import io.culvert.core.config.Shares;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which endpoint or listen address belongs to which service of a tunnel. Immutable.
 *
 * @param own what was given for this tunnel, by service id; the empty id serves a tunnel with one
 *     service or none.
 * @param common what is configured for all tunnels, likewise; it comes after what is the tunnel's
 *     own.
 * @param keepEstablished whether open connections go on when the address of their service changes.
 * @param shares what part of the tunnel each service gets.
 */
public record ServiceMappings(
    Map<String, String> own, Map<String, String> common, boolean keepEstablished, Shares shares) {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceMappings.class);

  /** Copies the maps. */
  public ServiceMappings {
    own = Map.copyOf(own);
    common = Map.copyOf(common);
  }

  /**
   * Finds the address of a service.
   *
   * @param serviceId the service.
   * @param services all services of its tunnel.
   * @return the address, null if there is none.
   */
  public @Nullable String address(String serviceId, Set<String> services) {
    String address = address(own, serviceId, services);
    return address == null ? address(common, serviceId, services) : address;
  }

  private static @Nullable String address(
      Map<String, String> mappings, String serviceId, Set<String> services) {
    String address = mappings.get(serviceId);
    return address == null && services.size() == 1 ? mappings.get("") : address;
  }

  /** Tells whether messages without a service id have an address of their own. */
  boolean hasUnnamed() {
    return own.containsKey("") || common.containsKey("");
  }

  /** Returns the mappings for a message. */
  String describe() {
    Map<String, String> all = new TreeMap<>(common);
    all.putAll(own);
    return all.isEmpty()
        ? "none"
        : all.entrySet().stream()
            .map(entry -> (entry.getKey().isEmpty() ? "" : entry.getKey() + "=") + entry.getValue())
            .collect(Collectors.joining(", "));
  }

  /**
   * Warns of mappings that were given for the tunnel although it has no service for them; if strict
   * they are a failure. Common mappings are for other tunnels, too, and never a reason to warn.
   */
  @Nullable TunnelFailure unused(
      Set<String> services, Set<String> used, boolean strict, String tunnel) {
    if (!strict) {
      warnOfUnused(services, used, tunnel);
      return null;
    }
    String message = unusedText(services, used);
    return message == null ? null : TunnelFailure.of(ErrorCode.SERVICES, message);
  }

  /** Warns of mappings that were given for the tunnel although it has no service for them. */
  void warnOfUnused(Set<String> services, Set<String> used, String tunnel) {
    String message = unusedText(services, used);
    if (message != null) {
      LOG.warn("{}: {}", tunnel, message);
    }
  }

  private @Nullable String unusedText(Set<String> services, Set<String> used) {
    Set<String> unused = new TreeSet<>(own.keySet());
    unused.removeAll(services);
    unused.removeAll(used);
    if (services.size() == 1) {
      unused.remove("");
    }
    if (unused.isEmpty()) {
      return null;
    }
    return unused.equals(Set.of(""))
        ? "a mapping without a service id needs a tunnel with one service; it has " + services
        : "no service of the tunnel for the mapping of " + unused + "; it has " + services;
  }
}
