// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** The log of the process: lines, where they go, and how much of them. */
@NullMarked
package io.culvert.launcher.log;

import org.jspecify.annotations.NullMarked;
