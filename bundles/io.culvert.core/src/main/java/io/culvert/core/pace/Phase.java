// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/** How the rate is being found; {@link AutoRate} says what leads from one to another. */
enum Phase {
  /** Doubles the rate as long as nothing objects. */
  RAMP,
  /** Creeps up until answers come late, then lets the queue run empty and goes on below. */
  CLOSED_LOOP,
  /** Sends without limit, to see how much the service hides and how fast it drains. */
  FILL,
  /** Lets the queue run empty that is known to be there. */
  DRAIN,
  /** Keeps somewhat below what the link took last, as nobody says more. */
  CRUISE
}
