// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.TunnelManager;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tunnel manager as others of this bundle see it, who open destination tunnels by themselves.
 * Its methods may be called from any thread, and never wait.
 */
public interface TunnelOpener extends TunnelManager {
  /**
   * Tells whether the settings name an endpoint for tunnels that name neither region nor endpoint.
   *
   * @return whether they do.
   */
  boolean hasEndpoint();

  /**
   * Tells whether all services of a destination tunnel have a mapping among the common ones.
   *
   * @param services the services, none for a tunnel without service ids.
   * @return whether they do now.
   */
  boolean maps(Set<String> services);

  /**
   * Returns where client tokens are kept.
   *
   * @return the folder, which need not be there; null for none.
   */
  @Nullable Path stateFolder();
}
