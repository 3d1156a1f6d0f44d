// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.cli;

import io.culvert.api.ProtocolVersion;
import io.culvert.api.Secret;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.launcher.reference.EndpointSyntax;
import io.culvert.launcher.reference.OptionValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the texts of single options into values, or says what would be allowed. */
public final class Checks {
  private static final int MOST_VERBOSE = 6;
  private static final Secret NO_TOKEN = Secret.of("none");

  private Checks() {}

  /** Checks a value of which no more is known. */
  public static String notEmpty(OptionValue value) {
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

  /** Checks which end of a tunnel this is. */
  public static TunnelMode mode(OptionValue value) {
    return switch (value.text()) {
      case "src", "source" -> TunnelMode.SOURCE;
      case "dst", "destination" -> TunnelMode.DESTINATION;
      default -> throw value.rejected("must be src, source, dst or destination");
    };
  }

  /** Checks a protocol version. */
  public static ProtocolVersion version(OptionValue value) {
    return switch (value.text().toUpperCase(Locale.ROOT)) {
      case "V1" -> ProtocolVersion.V1;
      case "V2" -> ProtocolVersion.V2;
      case "V3" -> ProtocolVersion.V3;
      default -> throw value.rejected("must be V1, V2 or V3");
    };
  }

  /** Checks an AWS region. */
  public static String region(OptionValue value) {
    return asTheTunnel(value, NO_TOKEN, null, value.text());
  }

  /** Checks an access token. */
  public static String accessToken(OptionValue value) {
    return asTheTunnel(value, Secret.of(value.text()), null, null);
  }

  /** Checks a client token. */
  public static String clientToken(OptionValue value) {
    return asTheTunnel(value, NO_TOKEN, Secret.of(value.text()), null);
  }

  /** Asks the tunnel's own rules. */
  private static String asTheTunnel(
      OptionValue value, Secret access, @Nullable Secret client, @Nullable String region) {
    try {
      new TunnelSpec("check", TunnelMode.SOURCE, access, client, region, null, Map.of(), null);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw value.rejected(message.substring(message.indexOf(": ") + 2));
    }
    return value.text();
  }

  /** Checks the endpoint of the service. */
  public static String endpoint(OptionValue value) {
    if (!EndpointSyntax.isService(value.text())) {
      throw value.rejected(EndpointSyntax.SERVICE);
    }
    return value.text().toLowerCase(Locale.ROOT);
  }

  /** Checks a local address, and returns it without brackets. */
  public static String address(OptionValue value) {
    if (!EndpointSyntax.isAddress(value.text())) {
      throw value.rejected(EndpointSyntax.ADDRESS);
    }
    return withoutBrackets(value.text());
  }

  /** Returns an address without the brackets that it may have. */
  public static String withoutBrackets(String address) {
    return address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
  }

  /** Checks a path of a file or folder that is there. */
  public static Path readable(OptionValue value, Path path) {
    if (value.text().isBlank() || !Files.exists(path)) {
      throw value.rejected("must be an existing file or folder");
    }
    if (!Files.isReadable(path)) {
      throw value.rejected("must be readable for this user");
    }
    return path;
  }
}
