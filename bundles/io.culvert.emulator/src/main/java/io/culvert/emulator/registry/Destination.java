// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a tunnel leads to.
 *
 * @param thingName the IoT thing at the far end, or null.
 * @param services the ids of the services, at most {@value #MAX_SERVICES}, possibly none.
 */
public record Destination(@Nullable String thingName, List<String> services) {
  /** How many services the real service lets a tunnel have. */
  public static final int MAX_SERVICES = 3;

  /** No thing and no services. */
  public static final Destination NONE = new Destination(null, List.of());

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9:_-]{1,128}");

  /** Checks thing and services against the limits of the real service. */
  public Destination {
    if (thingName != null && !NAME.matcher(thingName).matches()) {
      throw new IllegalArgumentException(
          "thingName: '" + thingName + "' does not match " + NAME.pattern());
    }
    services = List.copyOf(services);
    if (services.size() > MAX_SERVICES) {
      throw new IllegalArgumentException(
          "services: " + services.size() + " given, a tunnel has at most " + MAX_SERVICES);
    }
    for (String service : services) {
      if (!NAME.matcher(service).matches()) {
        throw new IllegalArgumentException(
            "services: '" + service + "' does not match " + NAME.pattern());
      }
    }
    if (new HashSet<>(services).size() != services.size()) {
      throw new IllegalArgumentException("services: " + services + " names one twice");
    }
  }
}
