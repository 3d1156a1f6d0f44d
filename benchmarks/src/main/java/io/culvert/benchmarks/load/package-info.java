// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** The application behind the destination, and the clients in front of the source. */
@NullMarked
package io.culvert.benchmarks.load;

import org.jspecify.annotations.NullMarked;
