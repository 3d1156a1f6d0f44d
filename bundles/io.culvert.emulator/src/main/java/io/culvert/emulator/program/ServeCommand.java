// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import io.culvert.emulator.registry.TokenPolicy;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code emulator} without a further word: runs the service until it is told to stop. */
@Command(
    name = "emulator",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    sortOptions = false,
    descriptionHeading = "%n",
    description = {
      "Plays the AWS IoT Secure Tunneling service on this machine, for development and tests.",
      "The AWS CLI and SDKs open tunnels at its control plane, local proxies connect to its data"
          + " plane. It listens on loopback only, and checks neither signatures nor permissions.",
    },
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands for an emulator that is running:%n",
    footer = {
      "",
      "What it prints says where it listens and how to use it. It ends with SIGTERM or Ctrl-C.",
      "Exit status: 0 stopped by a signal; 1 cannot run, refused or not running; 2 bad command line.",
      "Environment: CULVERT_JAVA, CULVERT_JAVA_OPTS, XDG_STATE_HOME.",
    })
final class ServeCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65535;
  private static final int MAX_SOCKET_BUFFER = 1 << 30;
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]{1,2}");

  private final Map<String, String> environment;
  private final PrintStream out;
  private final CompletableFuture<String> stop;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the data plane; the system chooses unless given.")
  private int port;

  @Option(
      names = "--control-port",
      paramLabel = "PORT",
      description = "Port of the control plane; the system chooses unless given.")
  private int controlPort;

  @Option(
      names = "--control-tls",
      description = "Control plane over HTTPS, with a certificate of the same authority.")
  private boolean controlTls;

  @Mixin private FolderOption folder;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "AWS region in the ARNs of tunnels; us-east-1 unless given.")
  private String region = "us-east-1";

  @Option(
      names = "--token-policy",
      paramLabel = "POLICY",
      description = {
        "single-use (default): an access token works once, and again only with the client token of"
            + " the first time, as at AWS. reusable: as often as it comes.",
      })
  private String tokenPolicy = "single-use";

  @Option(
      names = "--socket-buffer",
      paramLabel = "BYTES",
      description = {
        "Size of the kernel's buffers of each connection; the system chooses unless given. Small"
            + " ones show back-pressure early.",
      })
  private int socketBuffer;

  @Mixin private BrokerOptions broker = new BrokerOptions();

  @Option(
      names = {"-v", "--verbose"},
      description = "Says more; given twice, it says every message.")
  private boolean[] verbose = {};

  ServeCommand(
      FolderOption folder,
      Map<String, String> environment,
      PrintStream out,
      CompletableFuture<String> stop) {
    this.folder = folder;
    this.environment = environment;
    this.out = out;
    this.stop = stop;
  }

  @Override
  public Integer call() throws Exception {
    ServeOptions options =
        new ServeOptions(
            port("--port", port),
            port("--control-port", controlPort),
            controlTls,
            folder.path(),
            !spec.commandLine().getParseResult().hasMatchedOption(FolderDefault.OPTION),
            WebProxyHint.of(environment),
            region(),
            tokenPolicy(),
            socketBuffer(),
            broker.settings(spec.commandLine()));
    return new Service(options, verbose.length, out, stop).run();
  }

  private int port(String name, int value) {
    if (value < 0 || value > MAX_PORT) {
      throw wrong(name, Integer.toString(value), "a port from 0 to " + MAX_PORT);
    }
    return value;
  }

  private String region() {
    if (!REGION.matcher(region).matches()) {
      throw wrong("--region", region, "a region such as us-east-1");
    }
    return region;
  }

  private TokenPolicy tokenPolicy() {
    for (TokenPolicy policy : TokenPolicy.values()) {
      if (policy.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(tokenPolicy)) {
        return policy;
      }
    }
    throw wrong("--token-policy", tokenPolicy, "single-use or reusable");
  }

  private int socketBuffer() {
    if (socketBuffer > MAX_SOCKET_BUFFER) {
      throw wrong(
          "--socket-buffer",
          Integer.toString(socketBuffer),
          "a number of bytes from 0 to " + MAX_SOCKET_BUFFER);
    }
    return socketBuffer;
  }

  private ParameterException wrong(String name, String value, String allowed) {
    return new ParameterException(
        spec.commandLine(), name + " '" + value + "': must be " + allowed);
  }
}
