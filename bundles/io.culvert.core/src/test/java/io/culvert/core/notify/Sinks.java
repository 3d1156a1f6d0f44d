// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import io.culvert.api.SecretCipher;

/** Does for tests of other packages what otherwise only Declarative Services may do. */
public final class Sinks {
  private Sinks() {}

  /** Brings what encrypts. */
  public static void come(NotificationSinkComponent sink, SecretCipher cipher) {
    sink.setCipher(cipher);
  }

  /** Ends a sink. */
  public static void deactivate(NotificationSinkComponent sink) {
    sink.deactivate();
  }
}
