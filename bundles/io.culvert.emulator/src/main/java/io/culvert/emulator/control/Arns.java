// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

import io.culvert.emulator.registry.TunnelInfo;
import java.util.Optional;

/** Amazon resource names of tunnels, and back. Immutable. */
final class Arns {
  /** An account that nobody has. */
  private static final String ACCOUNT = "000000000000";

  private final String prefix;

  Arns(String region) {
    prefix = "arn:" + partition(region) + ":iot:" + region + ":" + ACCOUNT + ":tunnel/";
  }

  private static String partition(String region) {
    if (region.startsWith("cn-")) {
      return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  String of(String tunnelId) {
    return prefix + tunnelId;
  }

  String of(TunnelInfo tunnel) {
    return of(tunnel.id());
  }

  /** Returns the id of the tunnel, empty if no tunnel here can have that name. */
  Optional<String> tunnelId(String arn) {
    return arn.startsWith(prefix) ? Optional.of(arn.substring(prefix.length())) : Optional.empty();
  }
}
