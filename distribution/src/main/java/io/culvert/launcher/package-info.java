// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Runs the Culvert bundles in a framework of their own, as the program {@code localproxy}. */
@NullMarked
package io.culvert.launcher;

import org.jspecify.annotations.NullMarked;
