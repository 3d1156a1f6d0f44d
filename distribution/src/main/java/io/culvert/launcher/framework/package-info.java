// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** The framework in this process, its bundles and what it reports. */
@NullMarked
package io.culvert.launcher.framework;

import org.jspecify.annotations.NullMarked;
