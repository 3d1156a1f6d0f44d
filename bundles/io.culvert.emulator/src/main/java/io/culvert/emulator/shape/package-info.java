// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** The way of a byte stream out of the service: bounded queue, delay, rate and re-framing. */
@NullMarked
package io.culvert.emulator.shape;

import org.jspecify.annotations.NullMarked;
