// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.api.TunnelMode;
import io.culvert.config.ConfigurationException;
import io.culvert.config.HostPort;
import io.culvert.config.Schema;
import io.culvert.config.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The service mappings of both ends. Immutable.
 *
 * @param destinations endpoints by service id; the empty id serves tunnels with one service.
 * @param sources listen addresses by service id, likewise.
 * @param keepEstablished whether open connections go on when the address of their service changes.
 * @param shares what part of a tunnel each service gets.
 */
public record Mappings(
    Map<String, String> destinations,
    Map<String, String> sources,
    boolean keepEstablished,
    Shares shares) {

  /** How they are read; {@link ServiceMappingOcd} says what there is. */
  public static final Schema<Mappings> SCHEMA =
      new Schema<>(ServiceMappingOcd.class, ServiceMappingOcd.PID, Mappings::read);

  private static final String WITH_ID = ServiceEntries.WITH_ID + "SSH=22";

  /** Copies the maps. */
  public Mappings {
    destinations = Map.copyOf(destinations);
    sources = Map.copyOf(sources);
  }

  private static Mappings read(Values values) {
    Mappings mappings =
        new Mappings(
            destinations(values, "destinations"),
            sources(values, "sources"),
            values.flag("keep.established"),
            Shares.read(values));
    values.check();
    Set<String> mapped = new TreeSet<>(mappings.destinations.keySet());
    mapped.addAll(mappings.sources.keySet());
    // Without an id a mapping is for whatever the one service of a tunnel is.
    if (!mapped.isEmpty() && !mapped.contains("")) {
      mappings.shares.warnOfUnmapped(values, mapped);
    }
    return mappings;
  }

  /** Reads endpoints of the form ID=endpoint, or one endpoint without an id. */
  static Map<String, String> destinations(Values values, String key) {
    return entries(values, key, Mappings::checkDestination);
  }

  /** Reads listen addresses likewise; no two of them may be one. */
  static Map<String, String> sources(Values values, String key) {
    ListenAddresses taken = new ListenAddresses();
    return entries(values, key, address -> taken.add(checkedSource(address)));
  }

  private static Map<String, String> entries(Values values, String key, Check check) {
    return ServiceEntries.read(
        values,
        key,
        address -> {
          check.check(address);
          return address;
        });
  }

  /**
   * Checks the mappings of one tunnel.
   *
   * @param mode which end they are for.
   * @param services endpoints or listen addresses by service id.
   * @throws ConfigurationException if one is wrong; the message names it.
   */
  public static void check(TunnelMode mode, Map<String, String> services) {
    ListenAddresses taken = new ListenAddresses();
    Check check =
        mode == TunnelMode.SOURCE
            ? address -> taken.add(checkedSource(address))
            : Mappings::checkDestination;
    services.forEach(
        (id, address) -> {
          try {
            check.check(address);
          } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                "services", id + "=" + address, String.valueOf(e.getMessage()));
          }
        });
  }

  private static void checkDestination(String address) {
    try {
      LocalEndpoint.parse(address);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + WITH_ID, e);
    }
  }

  /** Reads a listen address. */
  private static HostPort checkedSource(String address) {
    try {
      return HostPort.parse(address, ListenAddresses.BIND_ADDRESS, -1);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be a port (1 to 65535, or 0 for one of the system's choice), host:port or"
              + " [IPv6]:port"
              + WITH_ID,
          e);
    }
  }

  /**
   * Says what differs, for the log.
   *
   * @param before what was in force before.
   * @return the keys, each with the services whose entries differ.
   */
  public String changesSince(Mappings before) {
    List<String> changes = new ArrayList<>();
    addChanges(changes, "destinations", before.destinations, destinations);
    addChanges(changes, "sources", before.sources, sources);
    if (keepEstablished != before.keepEstablished) {
      changes.add("keep.established " + keepEstablished);
    }
    addChanges(changes, "weights", before.shares.weights(), shares.weights());
    addChanges(changes, "rate.limits", before.shares.limits(), shares.limits());
    return String.join("; ", changes);
  }

  private static void addChanges(
      List<String> changes, String key, Map<String, ?> before, Map<String, ?> now) {
    Set<String> ids = new TreeSet<>(before.keySet());
    ids.addAll(now.keySet());
    ids.removeIf(id -> Objects.equals(before.get(id), now.get(id)));
    if (!ids.isEmpty()) {
      changes.add(
          ids.stream()
              .map(
                  id ->
                      (id.isEmpty() ? "the one without ID=" : id)
                          + (!before.containsKey(id)
                              ? " added"
                              : now.containsKey(id) ? " changed" : " removed"))
              .collect(Collectors.joining(", ", key + " ", "")));
    }
  }

  /** Checks an address. */
  private interface Check {
    /**
     * Checks an address.
     *
     * @throws IllegalArgumentException if it is wrong; the message says what is allowed.
     */
    void check(String address);
  }
}
