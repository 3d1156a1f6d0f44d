// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Signatures of who hears of that. */
@Version("1.0.0")
@Export
package org.eclipse.kura.data.listener;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
