// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** The fault control: what makes a running emulator misbehave, over HTTP on loopback. */
@NullMarked
package io.culvert.emulator.fault;

import org.jspecify.annotations.NullMarked;
