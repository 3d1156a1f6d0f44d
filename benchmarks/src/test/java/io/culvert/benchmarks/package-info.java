// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.culvert.benchmarks;

import org.jspecify.annotations.NullMarked;
