// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.cli;

import io.culvert.launcher.reference.ReferenceOption;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The words of {@code localproxy --help}. */
final class HelpText {
  private HelpText() {}

  static void describe(UsageMessageSpec usage) {
    usage
        .width(100)
        .autoWidth(false)
        .sortOptions(false)
        .customSynopsis(
            "localproxy (-r REGION | -e HOST[:PORT]) -s MAPPING [OPTION...]    source",
            "       localproxy (-r REGION | -e HOST[:PORT]) -d MAPPING [OPTION...]    destination")
        .description(
            "%nConnects one end of an AWS IoT Secure Tunneling tunnel to local TCP services.%n"
                + "The access token is best given in the variable AWSIOT_TUNNEL_ACCESS_TOKEN.%n")
        .optionListHeading("Options:%n")
        .footer(
            "",
            "Sources of values: command line, then --config, then environment, then"
                + " --settings-json.",
            "Environment: AWSIOT_TUNNEL_ACCESS_TOKEN, AWSIOT_TUNNEL_CLIENT_TOKEN,"
                + " AWSIOT_TUNNEL_ENDPOINT,",
            "             AWSIOT_TUNNEL_REGION, https_proxy and no_proxy; CULVERT_JAVA,"
                + " CULVERT_JAVA_OPTS.",
            "Exit status: 0 stopped, or the tunnel was closed, has expired or its token was rotated;",
            "             1 bad option or mapping; 3 refused by the service; 4 not trusted, web"
                + " proxy",
            "             credentials or retries used up; 5 internal error;",
            "             6 a file, folder or disk that cannot be used now.");
  }

  static String label(ReferenceOption option) {
    return switch (option) {
      case ACCESS_TOKEN, CLIENT_TOKEN -> "TOKEN";
      case PROXY_ENDPOINT -> "HOST[:PORT]";
      case REGION -> "REGION";
      case SOURCE_LISTEN_PORT, DESTINATION_APP -> "MAPPING";
      case LOCAL_BIND_ADDRESS -> "ADDRESS";
      case CAPATH -> "PATH";
      case MODE -> "MODE";
      case DESTINATION_CLIENT_TYPE -> "VERSION";
      case VERBOSE -> "LEVEL";
      case CONFIG_DIR -> "FOLDER";
      case CONFIG, SETTINGS_JSON, EXPORT_DEFAULT_SETTINGS -> "FILE";
      case HELP, VERSION, NO_SSL_HOST_VERIFY -> "";
    };
  }

  static String description(ReferenceOption option) {
    return switch (option) {
      case HELP -> "Show this help and exit.";
      case VERSION -> "Show the version and exit.";
      case ACCESS_TOKEN ->
          "Access token of this end of the tunnel. It stays in the shell's history, so better use"
              + " the variable or a --config file.";
      case CLIENT_TOKEN ->
          "Client token: 32 to 128 letters, digits and hyphens. Without it one is made and kept"
              + " for the access token.";
      case PROXY_ENDPOINT -> "Tunnelling service; port 443 unless given. Excludes -r.";
      case REGION -> "AWS region of the tunnel, such as us-east-1. Excludes -e.";
      case SOURCE_LISTEN_PORT ->
          "Source mode. 5555 or SSH=5555,HTTP=127.0.0.1:8080 to listen there; with port 0 the"
              + " system chooses.";
      case DESTINATION_APP ->
          "Destination mode. SSH=22,HTTP=10.0.0.1:80 or one of 22, host:22, [::1]:22,"
              + " /run/app.sock to connect there.";
      case LOCAL_BIND_ADDRESS ->
          "Local address to listen on (source; localhost unless given) or to connect from"
              + " (destination; the system chooses unless given).";
      case CAPATH -> "File or hashed folder of more certificate authorities to trust.";
      case NO_SSL_HOST_VERIFY ->
          "INSECURE, for tests only: do not check the certificate of the service.";
      case MODE ->
          "src, source, dst or destination. Needed only without -s and -d, when mappings come from"
              + " --config-dir or the system chooses ports.";
      case DESTINATION_CLIENT_TYPE ->
          "Message format of an old other end: V1, V2 or V3. Found out unless given.";
      case VERBOSE ->
          "0 nothing, 1 fatal, 2 error, 3 warning, 4 info (default), 5 debug, 6 to 255 trace.";
      case CONFIG -> "Read options from this file: one long-name = value a line.";
      case CONFIG_DIR ->
          "Read serviceId=endpoint lines from all files under this folder; ./config unless given,"
              + " if it is there.";
      case SETTINGS_JSON -> "Read fine-grained settings from this file.";
      case EXPORT_DEFAULT_SETTINGS ->
          "Write the default fine-grained settings to this file and exit.";
    };
  }
}
