// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.webconsole;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * User name and password as a browser sends them. Immutable; {@link #toString()} does not show the
 * password.
 *
 * @param user the user name.
 * @param password the password.
 */
record Credentials(String user, String password) {
  private static final String SCHEME = "Basic ";

  /** Reads the header Authorization; what is no Basic authentication is none. */
  static Optional<Credentials> of(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      String text = new String(bytes, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new Credentials(text.substring(0, colon), text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not Base64
    }
  }

  @Override
  public String toString() {
    return "Credentials[" + user + "]";
  }
}
