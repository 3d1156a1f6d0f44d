// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.message;

import org.osgi.annotation.versioning.ProviderType;

/** What a message holds. */
@ProviderType
public class KuraPayload {
  private byte[] body;

  /** Returns the body, null if there is none. */
  public byte[] getBody() {
    return body;
  }

  /**
   * Sets the body.
   *
   * @param body the body.
   */
  public void setBody(byte[] body) {
    this.body = body;
  }
}
