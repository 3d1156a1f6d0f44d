// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** The processes that are measured: service and programs, their start, cost and end. */
@NullMarked
package io.culvert.benchmarks.process;

import org.jspecify.annotations.NullMarked;
