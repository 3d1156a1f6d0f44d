// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Signatures of what Kura knows of the gateway. */
@Version("1.5.0")
@Export
package org.eclipse.kura.system;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
