// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

import io.culvert.emulator.registry.Destination;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a {@code destinationConfig}. */
final class DestinationInput {
  private static final String SERVICES = "services";
  private static final String THING_NAME = "thingName";

  private final @Nullable String thingName;
  private final List<String> services;

  private DestinationInput(@Nullable String thingName, List<String> services) {
    this.thingName = thingName;
    this.services = services;
  }

  /** Reads it if it is there, and notes what is wrong with it. */
  static @Nullable DestinationInput read(Input request, Validation validation) throws ApiException {
    Input config = request.structure("destinationConfig");
    if (config == null) {
      return null;
    }
    String thingName = config.string(THING_NAME);
    List<String> services = config.strings(SERVICES);
    validation.check(config.path(THING_NAME), thingName, TextRule.NAME);
    validation.require(config.path(SERVICES), services);
    validation.size(config.path(SERVICES), services, 1, Integer.MAX_VALUE);
    validation.checkEach(config.path(SERVICES), services, TextRule.NAME);
    return new DestinationInput(thingName, services == null ? List.of() : services);
  }

  /** Checks what is not in the service model; called when the rest was found right. */
  Destination destination() throws ApiException {
    if (services.size() > Destination.MAX_SERVICES) {
      throw ApiException.limitExceeded(
          "A tunnel can have at most " + Destination.MAX_SERVICES + " services");
    }
    if (new HashSet<>(services).size() != services.size()) {
      throw ApiException.invalid("The services of a tunnel must have different names");
    }
    return new Destination(thingName, services);
  }
}
