// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import java.util.Map;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;

/**
 * Tells what a capability is good for.
 *
 * @param capability the attributes of the capability.
 */
record Requirements(Map<String, ?> capability) {
  /** Tells whether the capability is what a requirement's filter asks for. */
  boolean fulfil(String filter) {
    try {
      return FrameworkUtil.createFilter(filter).matches(capability);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
