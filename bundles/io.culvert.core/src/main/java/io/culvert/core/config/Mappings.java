// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.api.TunnelMode;
import io.culvert.core.net.HostPort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The service mappings of both ends. Immutable.
 *
 * @param destinations endpoints by service id; the empty id serves tunnels with one service.
 * @param sources listen addresses by service id, likewise.
 * @param keepEstablished whether open connections go on when the address of their service changes.
 */
public record Mappings(
    Map<String, String> destinations, Map<String, String> sources, boolean keepEstablished) {
  private static final Pattern SERVICE_ID = Pattern.compile("[a-zA-Z0-9:_-]{1,128}");

  /** Copies the maps. */
  public Mappings {
    destinations = Map.copyOf(destinations);
    sources = Map.copyOf(sources);
  }

  /**
   * Reads the mappings.
   *
   * @param properties what is configured, as {@link ServiceMappingOcd} says.
   * @return the mappings.
   * @throws IllegalArgumentException if anything is wrong; the message names all of it.
   */
  public static Mappings parse(Map<String, ?> properties) {
    Values values = new Values(ServiceMappingOcd.class, properties);
    Mappings mappings =
        new Mappings(
            read(values, "destinations", values.texts("destinations"), Mappings::checkDestination),
            read(values, "sources", values.texts("sources"), Mappings::checkSource),
            values.flag("keep.established"));
    values.check();
    return mappings;
  }

  /** Reads mappings of the form ID=address, or one address without an id. */
  static Map<String, String> read(Values values, String key, List<String> texts, Check check) {
    Map<String, String> mappings = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      String id = equals < 0 ? "" : text.substring(0, equals).trim();
      String address = text.substring(equals + 1).trim();
      if (equals >= 0 && !SERVICE_ID.matcher(id).matches()) {
        values.problem(
            key, text, "the service id must be 1 to 128 letters, digits, ':', '_' or '-'");
        continue;
      }
      if (mappings.containsKey(id)) {
        values.problem(key, text, "the service is already mapped to " + mappings.get(id));
        continue;
      }
      try {
        check.check(address);
        mappings.put(id, address);
      } catch (IllegalArgumentException e) {
        values.problem(key, text, String.valueOf(e.getMessage()));
      }
    }
    return mappings;
  }

  /**
   * Checks the mappings of one tunnel.
   *
   * @param mode which end they are for.
   * @param services endpoints or listen addresses by service id.
   * @throws IllegalArgumentException if one is wrong; the message names it.
   */
  public static void check(TunnelMode mode, Map<String, String> services) {
    Check check = mode == TunnelMode.SOURCE ? Mappings::checkSource : Mappings::checkDestination;
    services.forEach(
        (id, address) -> {
          try {
            check.check(address);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                "services '" + id + "=" + address + "': " + e.getMessage(), e);
          }
        });
  }

  /** Checks an endpoint of a destination. */
  static void checkDestination(String address) {
    LocalEndpoint.parse(address);
  }

  /** Checks a listen address of a source. */
  static void checkSource(String address) {
    HostPort.parse(address, "localhost", -1);
  }

  /** Checks an address. */
  interface Check {
    /**
     * Checks an address.
     *
     * @throws IllegalArgumentException if it is wrong; the message says what is allowed.
     */
    void check(String address);
  }
}
