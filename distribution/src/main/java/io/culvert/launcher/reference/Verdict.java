// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

/** What is thought of an {@link Item}. */
public enum Verdict {
  /** It counts. */
  USABLE,
  /** It does not count, by the rules of the reference, and nobody need hear of it. */
  OVERRULED,
  /** The reference knows it, but it has no meaning here. */
  WITHOUT_EFFECT,
  /** It does not count, and the user may not expect that. */
  DOUBTFUL,
  /** It cannot be used. */
  WRONG;

  /** Returns whether the user should look at it. */
  public boolean needsALook() {
    return this == DOUBTFUL || this == WRONG;
  }
}
