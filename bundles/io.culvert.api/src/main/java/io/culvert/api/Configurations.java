// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** The configurations of this process. A service; all methods may be called from any thread. */
@ProviderType
public interface Configurations {
  /**
   * Returns what became of the configurations that are there.
   *
   * @return one status for each component, in the order of the PIDs.
   */
  List<ConfigurationStatus> current();

  /**
   * Judges a configuration as the component would, and changes nothing.
   *
   * @param pid the component, such as {@code io.culvert.StreamBridge}; for one of several, such as
   *     {@code io.culvert.Tunnel~support}, what is before the tilde decides.
   * @param properties the configuration.
   * @return whether it would be accepted.
   * @throws IllegalArgumentException if no component of ours has this PID; the message names them.
   */
  ConfigurationStatus check(String pid, Map<String, ?> properties);

  /**
   * Returns the keys whose values are secret. Others are repeated in logs and statuses, so a secret
   * must not get there, whatever it is taken from.
   *
   * @param pid the component, as for {@link #check}.
   * @return the keys.
   * @throws IllegalArgumentException if no component of ours has this PID; the message names them.
   */
  Set<String> secretKeys(String pid);
}
