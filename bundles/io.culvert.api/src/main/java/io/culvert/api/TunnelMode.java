// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

/** Which end of a tunnel this process is; the access token must be the one of that end. */
public enum TunnelMode {
  /** Listens for local clients and starts connections through the tunnel. */
  SOURCE("source"),
  /** Receives connections from the tunnel and connects them to local applications. */
  DESTINATION("destination");

  private final String wireName;

  TunnelMode(String wireName) {
    this.wireName = wireName;
  }

  /**
   * Returns the value of the {@code local-proxy-mode} URL parameter.
   *
   * @return {@code source} or {@code destination}.
   */
  public String wireName() {
    return wireName;
  }
}
