// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** What every program of Culvert needs as a process: its signals and its lines of output. */
@NullMarked
package io.culvert.program;

import org.jspecify.annotations.NullMarked;
