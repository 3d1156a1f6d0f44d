// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** The command line of {@code localproxy}: from arguments, files and environment to a plan. */
@NullMarked
package io.culvert.launcher.cli;

import org.jspecify.annotations.NullMarked;
