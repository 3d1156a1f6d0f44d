// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

/** What became of a tunnel notification. */
public enum NotificationDecision {
  /** A tunnel is being opened. */
  OPENED("opens a tunnel"),
  /** Notifications are switched off. */
  DISABLED("is not followed, as notifications are switched off"),
  /** It is longer than {@link NotificationSink#MAX_BYTES}. */
  TOO_LARGE("is too large"),
  /** It is not the JSON object that AWS IoT sends. */
  MALFORMED("is malformed"),
  /** It is for the other end: its mode is not {@code destination}. */
  WRONG_MODE("is not for a destination"),
  /** It has no access token, or none that can be one. */
  NO_TOKEN("has no valid access token"),
  /** It names no region, or none that can be one. */
  NO_REGION("has no valid region"),
  /** It names a region that is not allowed here. */
  REGION_NOT_ALLOWED("names a region that is not allowed"),
  /** It names a service that is not allowed here. */
  SERVICE_NOT_ALLOWED("names a service that is not allowed"),
  /** Its access token came before. */
  DUPLICATE("has come before"),
  /** As many tunnels as allowed are open. */
  TOO_MANY("would exceed the maximum of tunnels"),
  /** It was in order, but no tunnel could be opened; the log says why. */
  NOT_OPENED("could not be followed");

  private final String words;

  NotificationDecision(String words) {
    this.words = words;
  }

  /**
   * Returns the decision in words that continue "the notification".
   *
   * @return the words.
   */
  public String words() {
    return words;
  }
}
