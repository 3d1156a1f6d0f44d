// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** What other bundles program against: open tunnels, watch them, close them. */
@Version("1.0.0")
@Export
@NullMarked
package io.culvert.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
