// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Tests of the package. */
@NullMarked
package io.culvert.launcher.migrate;

import org.jspecify.annotations.NullMarked;
