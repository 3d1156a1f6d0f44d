// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

import org.jspecify.annotations.Nullable;

/** One of the two ends of a tunnel. */
public enum TunnelEnd {
  /** The end whose proxy listens for local clients. */
  SOURCE("source"),
  /** The end whose proxy connects to local applications. */
  DESTINATION("destination");

  private final String wireName;

  TunnelEnd(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the value of the {@code local-proxy-mode} URL parameter. */
  public String wireName() {
    return wireName;
  }

  /** Returns the opposite end. */
  public TunnelEnd other() {
    return this == SOURCE ? DESTINATION : SOURCE;
  }

  /**
   * Finds an end by its name on the wire.
   *
   * @param name the value of the {@code local-proxy-mode} URL parameter.
   * @return the end, or null if no end has that name.
   */
  public static @Nullable TunnelEnd ofWireName(String name) {
    for (TunnelEnd end : values()) {
      if (end.wireName.equals(name)) {
        return end;
      }
    }
    return null;
  }
}
