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

  /** What {@link #isAccessToken} asks for, in words. */
  public static final String ACCESS_TOKEN_RULE =
      "must be 1 to 3072 printable ASCII characters without spaces";

  /** What {@link #isClientToken} asks for, in words. */
  public static final String CLIENT_TOKEN_RULE = "must be 32 to 128 letters, digits and hyphens";

  private static final Pattern CLIENT_TOKEN = Pattern.compile("[a-zA-Z0-9-]{32,128}");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]+");

  /** What {@link #isRegion} asks for, in words. */
  public static final String REGION_RULE =
      "must look like us-east-1: lower-case words and a number, with hyphens between them";

  private static final Pattern ACCESS_TOKEN = Pattern.compile("[\\x21-\\x7e]{1,3072}");

  /** Checks all values that need nothing else to be checked. */
  public TunnelSpec {
    Objects.requireNonNull(mode, "mode");
    if (name.isBlank()) {
      throw new IllegalArgumentException("name: must not be empty");
    }
    if (!isAccessToken(accessToken.reveal())) {
      throw new IllegalArgumentException("access token: " + ACCESS_TOKEN_RULE);
    }
    if (clientToken != null && !isClientToken(clientToken.reveal())) {
      throw new IllegalArgumentException("client token: " + CLIENT_TOKEN_RULE);
    }
    if (region != null && endpoint != null) {
      throw new IllegalArgumentException(
          "region '" + region + "' and endpoint '" + endpoint + "': only one of them is allowed");
    }
    if (region != null && !isRegion(region)) {
      throw new IllegalArgumentException("region '" + region + "': " + REGION_RULE);
    }
    services = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(services));
  }

  /**
   * Tells whether a text can be an access token.
   *
   * @param text the text.
   * @return whether it has the form of one.
   */
  public static boolean isAccessToken(String text) {
    return ACCESS_TOKEN.matcher(text).matches();
  }

  /**
   * Tells whether a text can be a client token.
   *
   * @param text the text.
   * @return whether it has the form of one.
   */
  public static boolean isClientToken(String text) {
    return CLIENT_TOKEN.matcher(text).matches();
  }

  /**
   * Tells whether a text can be an AWS region.
   *
   * @param text the text.
   * @return whether it has the form of one.
   */
  public static boolean isRegion(String text) {
    return REGION.matcher(text).matches();
  }
}
