// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Figures, and the file of results that a stopped run goes on with. */
@NullMarked
package io.culvert.benchmarks.result;

import org.jspecify.annotations.NullMarked;
