// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import io.culvert.api.TunnelMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Service ids and what each maps to: where to connect to (destination) or to listen (source).
 *
 * @param endpoints endpoint by service id, in the order given; the empty id stands for the only
 *     service of a tunnel.
 */
public record ServiceMappings(Map<String, String> endpoints) {
  /** What an id may be, for messages. */
  static final String ID_FORM = "1 to 128 letters, digits, ':', '_' and '-'";

  private static final String FORM = "must be one endpoint or id=endpoint,id2=endpoint2";
  private static final Pattern SERVICE_ID = Pattern.compile("[a-zA-Z0-9:_-]{1,128}");

  /** Copies the map. */
  public ServiceMappings {
    endpoints = Collections.unmodifiableMap(new LinkedHashMap<>(endpoints));
  }

  /**
   * Parses the value of {@code --source-listen-port} or {@code --destination-app}.
   *
   * @param value the value.
   * @return the mappings.
   * @throws InputException if the value is malformed, or an id comes twice (the reference takes the
   *     first one).
   */
  public static ServiceMappings parse(OptionValue value) {
    TunnelMode mode =
        value.option() == ReferenceOption.SOURCE_LISTEN_PORT
            ? TunnelMode.SOURCE
            : TunnelMode.DESTINATION;
    List<String> items = new ArrayList<>();
    for (String item : value.text().split(",", -1)) {
      if (!item.isBlank()) {
        items.add(item.strip());
      }
    }
    if (items.isEmpty()) {
      throw value.rejected(FORM);
    }
    if (items.size() == 1 && items.get(0).indexOf('=') < 0) {
      if (!isEndpoint(mode, items.get(0))) {
        throw value.rejected(allowed(mode));
      }
      return new ServiceMappings(Map.of("", items.get(0)));
    }
    Map<String, String> endpoints = new LinkedHashMap<>();
    for (String item : items) {
      add(value, mode, item, endpoints);
    }
    return new ServiceMappings(endpoints);
  }

  private static void add(
      OptionValue value, TunnelMode mode, String item, Map<String, String> endpoints) {
    int equals = item.indexOf('=');
    if (equals < 0) {
      throw value.rejected("has '" + item + "' without a service id; " + FORM);
    }
    String id = item.substring(0, equals).strip();
    String endpoint = item.substring(equals + 1).strip();
    if (!isServiceId(id)) {
      throw value.rejected("has the service id '" + id + "', which must be " + ID_FORM);
    }
    if (!isEndpoint(mode, endpoint)) {
      throw value.rejected(
          "has the endpoint '" + endpoint + "' of " + id + ", which " + allowed(mode));
    }
    String first = endpoints.putIfAbsent(id, endpoint);
    if (first != null) {
      throw value.rejected(
          "has " + first + " and " + endpoint + " for service " + id + ", which must come once");
    }
  }

  /**
   * Tells whether a service of a tunnel can have this id.
   *
   * @param id what was given.
   * @return whether it is well formed and not empty.
   */
  public static boolean isServiceId(String id) {
    return SERVICE_ID.matcher(id).matches();
  }

  /**
   * Tells whether a service can map to this endpoint.
   *
   * @param mode which end of the tunnel.
   * @param endpoint what was given.
   * @return whether it is as {@link #allowed(TunnelMode)} says.
   */
  public static boolean isEndpoint(TunnelMode mode, String endpoint) {
    return mode == TunnelMode.SOURCE
        ? EndpointSyntax.isSource(endpoint)
        : EndpointSyntax.isDestination(endpoint);
  }

  /**
   * Says what a service can map to.
   *
   * @param mode which end of the tunnel.
   * @return the end of a message.
   */
  public static String allowed(TunnelMode mode) {
    return mode == TunnelMode.SOURCE ? EndpointSyntax.SOURCE : EndpointSyntax.DESTINATION;
  }
}
