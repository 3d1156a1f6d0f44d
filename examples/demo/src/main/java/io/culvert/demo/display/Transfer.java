// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.display;

import java.time.Duration;

/**
 * What went through the tunnel in one piece of work. Immutable.
 *
 * @param what its name for the user.
 * @param bytes how much arrived.
 * @param time how long it took.
 * @param intact whether what arrived is what was sent.
 */
public record Transfer(String what, long bytes, Duration time, boolean intact) {}
