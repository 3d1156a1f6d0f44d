// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.cli;

import io.culvert.api.ProtocolVersion;
import io.culvert.api.TunnelMode;
import io.culvert.launcher.reference.EndpointSyntax;
import io.culvert.launcher.reference.OptionValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Turns the texts of single options into values, or says what would be allowed. */
final class Checks {
  private static final int MOST_VERBOSE = 6;

  private Checks() {}

  static String notEmpty(OptionValue value) {
    if (value.text().isBlank()) {
      throw value.rejected("must not be empty");
    }
    return value.text();
  }

  static int verbosity(OptionValue value) {
    if (!value.text().matches("[0-9]{1,3}") || Integer.parseInt(value.text()) > 255) {
      throw value.rejected("must be 0 (nothing) to 6 (trace); up to 255 is the same as 6");
    }
    return Math.min(Integer.parseInt(value.text()), MOST_VERBOSE);
  }

  static TunnelMode mode(OptionValue value) {
    return switch (value.text()) {
      case "src", "source" -> TunnelMode.SOURCE;
      case "dst", "destination" -> TunnelMode.DESTINATION;
      default -> throw value.rejected("must be src, source, dst or destination");
    };
  }

  static ProtocolVersion version(OptionValue value) {
    return switch (value.text().toUpperCase(Locale.ROOT)) {
      case "V1" -> ProtocolVersion.V1;
      case "V2" -> ProtocolVersion.V2;
      case "V3" -> ProtocolVersion.V3;
      default -> throw value.rejected("must be V1, V2 or V3");
    };
  }

  static String endpoint(OptionValue value) {
    if (!EndpointSyntax.isService(value.text())) {
      throw value.rejected(EndpointSyntax.SERVICE);
    }
    return value.text().toLowerCase(Locale.ROOT);
  }

  static String address(OptionValue value) {
    if (!EndpointSyntax.isAddress(value.text())) {
      throw value.rejected(EndpointSyntax.ADDRESS);
    }
    return withoutBrackets(value.text());
  }

  static String withoutBrackets(String address) {
    return address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
  }

  static Path readable(OptionValue value, Path path) {
    if (value.text().isBlank() || !Files.exists(path)) {
      throw value.rejected("must be an existing file or folder");
    }
    if (!Files.isReadable(path)) {
      throw value.rejected("must be readable for this user");
    }
    return path;
  }
}
