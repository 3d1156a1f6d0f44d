// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Signatures of what messages hold. */
@Version("1.4.0")
@Export
package org.eclipse.kura.message;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
