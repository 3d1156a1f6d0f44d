// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Signatures of what Kura throws. */
@Version("1.6.0")
@Export
package org.eclipse.kura;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
