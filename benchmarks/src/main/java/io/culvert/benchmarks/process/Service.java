// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.io.IOException;
import java.nio.file.Path;

/** A tunnelling service that runs, with one open tunnel. Ended with its launcher. */
public interface Service {
  /** Returns host and port for both ends. */
  String endpoint();

  /** Returns the certificate that both ends have to trust. */
  Path authority();

  /** Returns the access token of an end. */
  String token(End end);

  /**
   * Limits the rate in each direction from now on.
   *
   * @param bytesPerSecond the rate, 0 for no limit.
   */
  void limitRate(long bytesPerSecond) throws IOException;

  /** Returns the process. */
  Child process();

  /** What starts a service. */
  @FunctionalInterface
  interface Kind {
    /**
     * Starts a service and opens a tunnel.
     *
     * @param launcher starts its process.
     * @param request how both have to be.
     */
    Service start(Launcher launcher, ServiceRequest request)
        throws IOException, InterruptedException;
  }
}
