// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import io.culvert.api.Secret;
import io.culvert.config.Values;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is agreed with a broker. Immutable.
 *
 * @param clientId by which it knows the connection, absent for the name of the thing.
 * @param user the user name, absent if it asks for none.
 * @param password the password of that user.
 * @param qos how surely notifications come, 0 or 1.
 * @param clean whether it forgets what came while there was no connection.
 * @param keepAlive after what silence each side asks for the other.
 */
record SessionSettings(
    @Nullable String clientId,
    @Nullable String user,
    @Nullable Secret password,
    int qos,
    boolean clean,
    Duration keepAlive) {
  private static final int MAX_ID = 128;

  static SessionSettings read(Values values) {
    SessionSettings settings =
        new SessionSettings(
            values.parsed("client.id", SessionSettings::clientId),
            values.text("user"),
            values.parsed("password", Secret::of),
            values.integer("qos"),
            values.flag("clean.session"),
            values.millis("keep.alive"));
    if (settings.password != null && values.isEmpty("user")) {
      values.problem("user", null, "must be set, as password is");
    }
    return settings;
  }

  private static String clientId(String text) {
    if (text.length() > MAX_ID
        || !text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '+' && c != '#' && c != '/')) {
      throw new IllegalArgumentException(
          "must be at most " + MAX_ID + " printable ASCII characters without spaces, +, # and /");
    }
    return text;
  }
}
