// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tunnel is to be like.
 *
 * @param description a text for people, or null.
 * @param destination what it leads to.
 * @param lifetime after how long it closes by itself.
 * @param tags values by key.
 */
public record TunnelRequest(
    @Nullable String description,
    Destination destination,
    Duration lifetime,
    Map<String, String> tags) {
  /** How long a tunnel lives at most, and unless asked otherwise. */
  public static final Duration MAX_LIFETIME = Duration.ofHours(12);

  /** Makes an immutable copy of the tags and checks the lifetime. */
  public TunnelRequest {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(MAX_LIFETIME) > 0) {
      throw new IllegalArgumentException(
          "lifetime: " + lifetime + " is not more than 0 and at most " + MAX_LIFETIME);
    }
  }

  /** Makes a request for a destination, with the longest lifetime. */
  public static TunnelRequest to(Destination destination) {
    return new TunnelRequest(null, destination, MAX_LIFETIME, Map.of());
  }
}
