// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Runs the Culvert bundles as the program {@code culvert}, configured by a folder of files. */
@NullMarked
package io.culvert.launcher.gateway;

import org.jspecify.annotations.NullMarked;
