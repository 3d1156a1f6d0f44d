// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says where to keep what must outlive the process, on a platform that has a place for that:
 * register it as a service. A directory in the configuration goes before it. May be called from any
 * thread.
 */
@ConsumerType
@FunctionalInterface
public interface StateDirectory {
  /**
   * Returns the directory, which need not be there; it is made, for its owner only, when needed.
   */
  Path path();
}
