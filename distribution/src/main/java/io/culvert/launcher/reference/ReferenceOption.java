// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of the reference local proxy and the names by which each may be given. */
public enum ReferenceOption {
  /** Show the help. */
  HELP("help", 'h', null),
  /** Show the version. */
  VERSION("version", 'V', null),
  /** The access token of this end of the tunnel. */
  ACCESS_TOKEN("access-token", 't', "AWSIOT_TUNNEL_ACCESS_TOKEN"),
  /** The client token that goes with it. */
  CLIENT_TOKEN("client-token", 'i', "AWSIOT_TUNNEL_CLIENT_TOKEN"),
  /** The service as {@code host} or {@code host:port}. */
  PROXY_ENDPOINT("proxy-endpoint", 'e', "AWSIOT_TUNNEL_ENDPOINT"),
  /** The AWS region. */
  REGION("region", 'r', "AWSIOT_TUNNEL_REGION"),
  /** Source mode and what to listen on. */
  SOURCE_LISTEN_PORT("source-listen-port", 's', null),
  /** Destination mode and what to connect to. */
  DESTINATION_APP("destination-app", 'd', null),
  /** The local address to listen on or to connect from. */
  LOCAL_BIND_ADDRESS("local-bind-address", 'b', null),
  /** A file or folder of additional certificate authorities. */
  CAPATH("capath", 'c', null),
  /** No check of certificates. */
  NO_SSL_HOST_VERIFY("no-ssl-host-verify", 'k', null),
  /** Source or destination. */
  MODE("mode", 'm', null),
  /** The message format of the other end. */
  DESTINATION_CLIENT_TYPE("destination-client-type", 'y', null),
  /** How much to print. */
  VERBOSE("verbose", 'v', null),
  /** A file with options. */
  CONFIG("config", null, null),
  /** A folder with service mappings. */
  CONFIG_DIR("config-dir", null, null),
  /** A file with fine-grained settings. */
  SETTINGS_JSON("settings-json", null, null),
  /** Where to write the default settings. */
  EXPORT_DEFAULT_SETTINGS("export-default-settings", null, null);

  private final String longName;
  private final @Nullable Character shortName;
  private final @Nullable String variable;

  ReferenceOption(String longName, @Nullable Character shortName, @Nullable String variable) {
    this.longName = longName;
    this.shortName = shortName;
    this.variable = variable;
  }

  /**
   * Returns the name in a configuration file, and on the command line after two hyphens.
   *
   * @return the long name.
   */
  public String longName() {
    return longName;
  }

  /**
   * Returns the letter on the command line after one hyphen.
   *
   * @return the letter, if there is one.
   */
  public Optional<Character> shortName() {
    return Optional.ofNullable(shortName);
  }

  /**
   * Returns the environment variable that may hold the value.
   *
   * @return the name of the variable, if there is one.
   */
  public Optional<String> variable() {
    return Optional.ofNullable(variable);
  }

  /**
   * Tells whether the value must never be shown.
   *
   * @return whether the value is a secret.
   */
  public boolean isSecret() {
    return this == ACCESS_TOKEN || this == CLIENT_TOKEN;
  }

  /**
   * Tells whether the option takes no value on the command line.
   *
   * @return whether it is a flag.
   */
  public boolean isFlag() {
    return this == HELP || this == VERSION || this == NO_SSL_HOST_VERIFY;
  }

  /**
   * Finds an option by its long name.
   *
   * @param name the long name.
   * @return the option, if there is one of that name.
   */
  public static Optional<ReferenceOption> byLongName(String name) {
    for (ReferenceOption option : values()) {
      if (option.longName.equals(name)) {
        return Optional.of(option);
      }
    }
    return Optional.empty();
  }
}
