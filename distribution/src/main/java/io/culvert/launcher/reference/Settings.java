// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fine-grained settings that a user gave. What was not given is not in here, so that the
 * defaults stay with those who own them.
 *
 * @param values checked values by setting; of one that comes twice the first.
 * @param regionEndpoints host of the service by region, for regions that have one of their own.
 * @param items all entries in the order of the file.
 */
public record Settings(
    Map<Setting, String> values, Map<String, String> regionEndpoints, List<Item> items) {
  /** Nothing was given. */
  public static final Settings NONE = new Settings(Map.of(), Map.of(), List.of());

  /** Copies the collections. */
  public Settings {
    Map<Setting, String> copy = new EnumMap<>(Setting.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
    regionEndpoints = Collections.unmodifiableMap(new LinkedHashMap<>(regionEndpoints));
    items = List.copyOf(items);
  }

  /**
   * Returns the value of a setting.
   *
   * @param setting the setting.
   * @return the value as text, if one was given.
   */
  public Optional<String> get(Setting setting) {
    return Optional.ofNullable(values.get(setting));
  }

  /**
   * Returns the host that these settings give a region.
   *
   * @param region the region.
   * @return the host from the table, else from the format, if there is either.
   */
  public Optional<String> endpointOf(String region) {
    return Optional.ofNullable(regionEndpoints.get(region))
        .or(() -> get(Setting.ENDPOINT_FORMAT).map(format -> format.replace("%s", region)));
  }
}
