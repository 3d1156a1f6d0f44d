// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import io.culvert.emulator.notify.BrokerAddress;
import io.culvert.emulator.notify.BrokerSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say which broker tunnel notifications are published at. */
final class BrokerOptions {
  @Option(
      names = "--broker",
      paramLabel = "HOST:PORT",
      description = {
        "MQTT broker on this machine, over TLS, or mqtt://HOST:PORT without. A thing is notified"
            + " there when a tunnel is opened for it or its token is rotated, as AWS does.",
      })
  private @Nullable String broker;

  @Option(
      names = "--broker-ca",
      paramLabel = "FILE",
      description = "PEM file with the certificate authority of the broker; needed with TLS.")
  private @Nullable Path authority;

  @Option(
      names = "--broker-certificate",
      paramLabel = "FILE",
      description = "PEM file with the certificate that the emulator shows to the broker.")
  private @Nullable Path certificate;

  @Option(
      names = "--broker-key",
      paramLabel = "FILE",
      description = "PEM file with the private key for that: PKCS #8, without a password.")
  private @Nullable Path key;

  /**
   * Returns what is asked for, empty if there is no broker.
   *
   * @throws ParameterException if options do not go together.
   */
  Optional<BrokerSettings> settings(CommandLine command) {
    boolean files = authority != null || certificate != null || key != null;
    if (broker == null) {
      if (files) {
        throw new ParameterException(
            command, "--broker-ca, --broker-certificate and --broker-key need --broker");
      }
      return Optional.empty();
    }
    BrokerAddress address = address(command, broker);
    if (!address.tls() && files) {
      throw new ParameterException(
          command,
          "--broker '"
              + broker
              + "': --broker-ca, --broker-certificate and --broker-key are for"
              + " TLS");
    }
    if (address.tls() && authority == null) {
      throw new ParameterException(command, "--broker '" + broker + "': needs --broker-ca");
    }
    if ((certificate == null) != (key == null)) {
      throw new ParameterException(command, "--broker-certificate and --broker-key go together");
    }
    return Optional.of(new BrokerSettings(address, authority, certificate, key));
  }

  private static BrokerAddress address(CommandLine command, String text) {
    try {
      return BrokerAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, "--broker '" + text + "': " + e.getMessage(), e);
    }
  }
}
