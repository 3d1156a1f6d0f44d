// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** Kura could not do something. */
@ProviderType
public class KuraException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param code why.
   * @param arguments what the message says beside the code.
   */
  public KuraException(KuraErrorCode code, Object... arguments) {
    super(code.name());
  }
}
