// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Starts a program by the flags of the AWS reference proxy, with its defaults.
 *
 * @param launcher starts the process.
 * @param program the program.
 * @param service the service that it goes to.
 */
record FlagsStarter(Launcher launcher, Program program, Service service) implements EndStarter {
  @Override
  public Child start(End end, List<String> mappings) throws IOException {
    Path authorities = launcher.folder("authorities");
    Path authority = authorities.resolve("ca.pem");
    Files.write(authority, Files.readAllBytes(service.authority()));
    return launcher.start(
        end.label(),
        program.command(
            List.of(
                "-e",
                service.endpoint(),
                "-c",
                authorities.toString(),
                end == End.SOURCE ? "-s" : "-d",
                String.join(",", mappings))),
        Map.of(
            "AWSIOT_TUNNEL_ACCESS_TOKEN",
            service.token(end),
            // OpenSSL finds nothing in a folder whose files are not named after their hashes.
            "SSL_CERT_FILE",
            authority.toString()));
  }
}
