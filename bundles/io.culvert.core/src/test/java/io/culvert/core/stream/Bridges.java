// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

/** Does for tests of other packages what otherwise only Declarative Services may do. */
public final class Bridges {
  private Bridges() {}

  /** Ends a bridge. */
  public static void deactivate(StreamBridge bridge) {
    bridge.deactivate();
  }
}
