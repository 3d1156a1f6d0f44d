// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Signatures of how Kura encrypts passwords. */
@Version("1.3.0")
@Export
package org.eclipse.kura.crypto;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
