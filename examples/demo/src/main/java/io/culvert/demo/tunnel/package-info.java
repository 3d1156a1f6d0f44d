// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** The tunnel itself: the emulator, its control plane, and the configurations of both ends. */
@NullMarked
package io.culvert.demo.tunnel;

import org.jspecify.annotations.NullMarked;
