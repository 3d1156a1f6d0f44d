// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/** Signatures of who hears of such messages. */
@Version("1.0.0")
@Export
package org.eclipse.kura.cloudconnection.subscriber.listener;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
