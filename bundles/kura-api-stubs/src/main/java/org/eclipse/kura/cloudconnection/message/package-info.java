// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Signatures of messages of a cloud connection. */
@Version("1.0.0")
@Export
package org.eclipse.kura.cloudconnection.message;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
