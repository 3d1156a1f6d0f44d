// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Plain JSON objects, as the control files and the fault control exchange them. */
@NullMarked
package io.culvert.emulator.json;

import org.jspecify.annotations.NullMarked;
