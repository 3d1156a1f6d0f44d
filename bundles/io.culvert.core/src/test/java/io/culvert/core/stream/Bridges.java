// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import java.util.Map;

/** Does for tests of other packages what otherwise only Declarative Services may do. */
public final class Bridges {
  private Bridges() {}

  /** Changes the settings of a bridge. */
  public static void modify(StreamBridge bridge, Map<String, Object> properties) {
    bridge.modified(properties);
  }

  /** Ends a bridge. */
  public static void deactivate(StreamBridge bridge) {
    bridge.deactivate();
  }
}
