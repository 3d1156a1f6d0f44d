// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

/** How often an access token opens the door. */
public enum TokenPolicy {
  /** Once; again only with the client token of the first time. What the real service does. */
  SINGLE_USE,
  /** As often as it comes. */
  REUSABLE
}
