// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import io.culvert.config.Printable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;

/** Says in words why there is no connection to a broker. Stateless. */
final class BrokerTrouble {
  private static final int MAX_DEPTH = 20;
  private static final int MAX_TEXT = 200;

  private BrokerTrouble() {}

  /**
   * Returns the reason for a failure.
   *
   * @param failure what the MQTT client says, null if it says nothing.
   * @param worked whether the connection was of use before, so that it is no wonder if it ends.
   * @return one line.
   */
  static String text(@Nullable Throwable failure, boolean worked) {
    if (failure instanceof MqttException mqtt) {
      switch (mqtt.getReasonCode()) {
        case MqttException.REASON_CODE_FAILED_AUTHENTICATION -> {
          return "it does not accept user and password";
        }
        case MqttException.REASON_CODE_NOT_AUTHORIZED -> {
          return "it does not let this client in";
        }
        case MqttException.REASON_CODE_INVALID_CLIENT_ID -> {
          return "it does not accept the client id";
        }
        case MqttException.REASON_CODE_SUBSCRIBE_FAILED -> {
          return "it refuses the subscription: the policy of the certificate must allow"
              + " iot:Subscribe and iot:Receive for the topic";
        }
        case MqttException.REASON_CODE_CLIENT_TIMEOUT -> {
          return "it does not answer";
        }
        default -> {
          // The cause says more.
        }
      }
    }
    return byCause(failure, worked);
  }

  private static String byCause(@Nullable Throwable failure, boolean worked) {
    Throwable last = failure;
    for (int i = 0; last != null && i < MAX_DEPTH; i++) {
      if (isUntrusted(last)) {
        return "its certificate is not trusted; if it should be, ca.path must have its CA";
      }
      if (last instanceof EOFException
          || (last instanceof SocketException && isCut(String.valueOf(last.getMessage())))) {
        return worked
            ? "it ended the connection"
            : "it ended the connection: is the certificate active, does its policy allow"
                + " iot:Connect with this client id, and is no other client using the id?";
      }
      if (last.getCause() == null || isOurs(last)) {
        String message = new Printable().clean(last.getMessage(), MAX_TEXT);
        return message.isEmpty() ? last.getClass().getSimpleName() : message;
      }
      last = last.getCause();
    }
    return "the connection ended";
  }

  private static boolean isCut(String message) {
    return message.startsWith("Connection reset") || message.startsWith("Broken pipe");
  }

  /** Our own messages say more than their causes. */
  private static boolean isOurs(Throwable failure) {
    return failure.getClass() == IOException.class;
  }

  private static boolean isUntrusted(Throwable failure) {
    return failure instanceof CertPathBuilderException
        || failure instanceof CertPathValidatorException invalid
            && invalid.getReason() == CertPathValidatorException.BasicReason.INVALID_SIGNATURE;
  }
}
