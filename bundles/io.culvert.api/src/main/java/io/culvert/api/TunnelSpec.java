// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to open. Immutable; its {@link #toString()} hides the tokens.
 *
 * @param name the name in the status and in log lines, unique in this process.
 * @param mode which end this process is.
 * @param accessToken the access token of that end.
 * @param clientToken the client token to send with it, absent to have one made and kept.
 * @param region the AWS region; exclusive with {@code endpoint}. With neither, the configured
 *     default applies.
 * @param endpoint the service as {@code host} or {@code host:port}.
 * @param services service id to endpoint (destination) or listen address (source), which go before
 *     the configured mappings; the empty id serves a tunnel with one service or none.
 * @param version the version to speak, absent to find out.
 */
public record TunnelSpec(
    String name,
    TunnelMode mode,
    Secret accessToken,
    @Nullable Secret clientToken,
    @Nullable String region,
    @Nullable String endpoint,
    Map<String, String> services,
    @Nullable ProtocolVersion version) {

  private static final Pattern CLIENT_TOKEN = Pattern.compile("[a-zA-Z0-9-]{32,128}");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]+");
  private static final Pattern ACCESS_TOKEN = Pattern.compile("[\\x21-\\x7e]{1,3072}");

  /** Checks all values that need nothing else to be checked. */
  public TunnelSpec {
    Objects.requireNonNull(mode, "mode");
    if (name.isBlank()) {
      throw new IllegalArgumentException("name: must not be empty");
    }
    if (!ACCESS_TOKEN.matcher(accessToken.reveal()).matches()) {
      throw new IllegalArgumentException(
          "access-token: must be 1 to 3072 printable ASCII characters without spaces");
    }
    if (clientToken != null && !CLIENT_TOKEN.matcher(clientToken.reveal()).matches()) {
      throw new IllegalArgumentException(
          "client-token: must be 32 to 128 letters, digits and hyphens");
    }
    if (region != null && endpoint != null) {
      throw new IllegalArgumentException(
          "region '" + region + "' and endpoint '" + endpoint + "': only one of them is allowed");
    }
    if (region != null && !REGION.matcher(region).matches()) {
      throw new IllegalArgumentException(
          "region '" + region + "': must look like us-east-1 (" + REGION + ")");
    }
    services = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(services));
  }
}
