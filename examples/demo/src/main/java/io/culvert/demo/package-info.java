// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Runs what {@code ./demo} shows: a tunnel, what is behind it, and what uses it. */
@NullMarked
package io.culvert.demo;

import org.jspecify.annotations.NullMarked;
