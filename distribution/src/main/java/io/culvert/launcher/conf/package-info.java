// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** The folder of configuration files, and how it gets into ConfigAdmin. */
@NullMarked
package io.culvert.launcher.conf;

import org.jspecify.annotations.NullMarked;
