// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

import org.jspecify.annotations.Nullable;

/**
 * Why something ended, in words for a person. Never holds a secret.
 *
 * @param code the stable code.
 * @param message what happened, to what, and what to do about it; one line.
 * @param httpStatus the HTTP status that the service or the web proxy answered, 0 if none.
 * @param channelId the {@code channel-id} that the service gave, which AWS support asks for.
 */
public record TunnelFailure(
    ErrorCode code, String message, int httpStatus, @Nullable String channelId) {

  /**
   * Makes a failure without HTTP status and channel id.
   *
   * @param code the stable code.
   * @param message what happened, one line.
   * @return the failure.
   */
  public static TunnelFailure of(ErrorCode code, String message) {
    return new TunnelFailure(code, message, 0, null);
  }

  @Override
  public String toString() {
    return code + " " + message + (channelId == null ? "" : " (channel-id " + channelId + ")");
  }
}
