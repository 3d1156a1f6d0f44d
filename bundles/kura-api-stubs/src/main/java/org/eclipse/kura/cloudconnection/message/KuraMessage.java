// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.cloudconnection.message;

import org.eclipse.kura.message.KuraPayload;
import org.osgi.annotation.versioning.ProviderType;

/** A message of a cloud connection. */
@ProviderType
public class KuraMessage {
  private final KuraPayload payload;

  /**
   * Makes a message.
   *
   * @param payload what it holds.
   */
  public KuraMessage(KuraPayload payload) {
    this.payload = payload;
  }

  /** Returns what it holds. */
  public KuraPayload getPayload() {
    return payload;
  }
}
