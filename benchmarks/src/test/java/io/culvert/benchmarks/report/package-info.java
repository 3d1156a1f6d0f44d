// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.culvert.benchmarks.report;

import org.jspecify.annotations.NullMarked;
