// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Signatures of what sends and receives below cloud services. */
@Version("1.1.0")
@Export
package org.eclipse.kura.data;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
