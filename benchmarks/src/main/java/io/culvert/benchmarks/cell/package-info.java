// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** What is measured: each cell is one load on one link, with the figures that it gives. */
@NullMarked
package io.culvert.benchmarks.cell;

import org.jspecify.annotations.NullMarked;
