// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.io.IOException;
import java.util.List;

/** Starts a program as one end of a tunnel. */
interface EndStarter {
  /**
   * Starts it; it need not be ready on return.
   *
   * @param end which end.
   * @param mappings an address for each service, as {@code ID=address}.
   */
  Child start(End end, List<String> mappings) throws IOException;
}
