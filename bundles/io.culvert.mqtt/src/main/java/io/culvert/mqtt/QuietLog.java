// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import org.eclipse.paho.client.mqttv3.logging.JSR47Logger;
import org.jspecify.annotations.Nullable;

/**
 * Drops what the MQTT client logs: it shows the beginning of each message as it came, control
 * characters and all. What matters is said by who uses it. The client makes one for each class.
 */
public final class QuietLog extends JSR47Logger {
  @Override
  public boolean isLoggable(int level) {
    return false;
  }

  @Override
  public void log(
      int level,
      String sourceClass,
      String sourceMethod,
      String message,
      Object @Nullable [] inserts,
      @Nullable Throwable thrown) {}

  @Override
  public void trace(
      int level,
      String sourceClass,
      String sourceMethod,
      String message,
      Object @Nullable [] inserts,
      @Nullable Throwable thrown) {}
}
