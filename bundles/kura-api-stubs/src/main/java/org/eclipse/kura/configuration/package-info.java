// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Signatures of what Kura lists in its Web UI. */
@Version("1.2.0")
@Export
package org.eclipse.kura.configuration;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
