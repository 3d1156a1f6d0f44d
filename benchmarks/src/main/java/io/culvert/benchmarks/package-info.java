// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** The suite of whole-process measurements: its command line, and the order of its runs. */
@NullMarked
package io.culvert.benchmarks;

import org.jspecify.annotations.NullMarked;
