// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** The time of the emulated service: real, or moved by a test. */
@NullMarked
package io.culvert.emulator.time;

import org.jspecify.annotations.NullMarked;
