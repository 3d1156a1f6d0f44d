// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.system;

import org.osgi.annotation.versioning.ProviderType;

/** Knows the gateway. */
@ProviderType
public interface SystemService {
  /** Returns the folder for what Kura and its add-ons keep. */
  String getKuraDataDirectory();
}
