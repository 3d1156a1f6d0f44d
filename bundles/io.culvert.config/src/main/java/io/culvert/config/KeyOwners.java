// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import java.util.List;

/** Knows which configurations have a key. May be called from any thread. */
@FunctionalInterface
public interface KeyOwners {
  /** Knows none. */
  KeyOwners NONE = key -> List.of();

  /**
   * Finds out where a key belongs that was found elsewhere.
   *
   * @param key the key.
   * @return the PIDs that have it, empty if none has.
   */
  List<String> of(String key);
}
