// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.notify;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import org.jspecify.annotations.Nullable;

/** Says in words why a broker cannot be spoken to. Stateless. */
final class BrokerTrouble {
  private static final int MAX_DEPTH = 20;

  private BrokerTrouble() {}

  /**
   * Returns the reason for a failure.
   *
   * @param failure what the MQTT client says, null if it says nothing.
   */
  static String text(@Nullable Throwable failure, BrokerSettings settings) {
    Throwable last = failure;
    for (int i = 0; last != null && i < MAX_DEPTH; i++) {
      if (isUntrusted(last)) {
        return settings.authority() == null
            ? "its certificate is not one that Java trusts"
            : "its certificate was not issued by the authority in '" + settings.authority() + "'";
      }
      if (last.getCause() == null) {
        String message = last.getMessage();
        return message == null ? last.getClass().getSimpleName() : message;
      }
      last = last.getCause();
    }
    return "the connection ended";
  }

  private static boolean isUntrusted(Throwable failure) {
    return failure instanceof CertPathBuilderException
        || failure instanceof CertPathValidatorException invalid
            && invalid.getReason() == CertPathValidatorException.BasicReason.INVALID_SIGNATURE;
  }
}
