// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How configurations of one kind are judged, for {@link Configurations}: a bundle with components
 * of its own registers one as a service for each of its PIDs, and names it for {@link
 * java.util.ServiceLoader}. May be called from any thread.
 */
@ConsumerType
public interface ConfigurationKind {
  /**
   * Returns whose configurations these are.
   *
   * @return the PID or factory PID.
   */
  String pid();

  /**
   * Returns all keys, so that one that is found elsewhere can be said to belong here.
   *
   * @return the keys.
   */
  Set<String> keys();

  /**
   * Returns what must not be seen.
   *
   * @return the keys whose values are secret.
   */
  Set<String> secretKeys();

  /**
   * Judges a configuration as the component would, and changes nothing.
   *
   * @param properties the configuration.
   * @return whether it would be accepted; its PID is {@link #pid()}.
   */
  ConfigurationStatus check(Map<String, ?> properties);
}
