// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import io.culvert.launcher.cli.Surroundings;
import io.culvert.launcher.cli.UnknownArguments;
import io.culvert.launcher.conf.CheckedFiles;
import io.culvert.launcher.migrate.ImportCommand;
import io.culvert.launcher.process.Console;
import io.culvert.launcher.process.ExitCode;
import io.culvert.launcher.process.Version;
import io.culvert.launcher.reference.InputException;
import io.culvert.launcher.webconsole.WebConsoleRequest;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of {@code culvert}; without a subcommand it runs the gateway. For one use. */
@Command(
    name = "culvert",
    sortOptions = false,
    exitCodeOnInvalidInput = 1,
    exitCodeOnExecutionException = 5,
    description = {
      "%nRuns the tunnels that the files of a folder configure, until it is stopped.%n"
    },
    optionListHeading = "Options:%n",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Environment: CULVERT_CONF, CULVERT_SECRETS, CULVERT_STATE; CREDENTIALS_DIRECTORY; https_proxy",
      "             and no_proxy; CULVERT_WEB_CONSOLE (a port), CULVERT_WEB_CONSOLE_PASSWORD;",
      "             CULVERT_JAVA, CULVERT_JAVA_OPTS.",
      "Exit status: 0 stopped by a signal; 1 bad option or wrong folder; 3 Java ran out of memory;",
      "             5 internal error; 6 a folder or disk that cannot be used now."
    })
final class GatewayCommand implements Callable<Integer> {
  private static final int NORMAL = 4;
  private static final int MOST = 6;

  private final Path home;
  private final Surroundings surroundings;
  private final Console console;
  private final CompletableFuture<String> stop;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--conf",
      paramLabel = "FOLDER",
      description = "Folder of the configuration files; conf in the program's folder unless given.")
  private @Nullable String conf;

  @Option(
      names = "--secrets",
      paramLabel = "FOLDER",
      description =
          "Folder of the files for $[secret:NAME] in configurations; systemd's credentials, or"
              + " secrets in the program's folder, unless given.")
  private @Nullable String secrets;

  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      description =
          "Folder of what is kept, the log too; state in the program's folder unless given.")
  private @Nullable String state;

  @Option(
      names = "--web-console",
      arity = "0..1",
      fallbackValue = WebConsoleRequest.DEFAULT_PORT,
      paramLabel = "PORT",
      description =
          "Serve the Felix Web Console to this machine, at port "
              + WebConsoleRequest.DEFAULT_PORT
              + " unless given; 0 is any free port.")
  private @Nullable String webConsole;

  @Option(
      names = {"-v", "--verbose"},
      paramLabel = "LEVEL",
      description = "0 nothing, 1 fatal, 2 error, 3 warning, 4 info (default), 5 debug, 6 trace.")
  private int verbosity = NORMAL;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean version;

  GatewayCommand(
      Path home, Surroundings surroundings, Console console, CompletableFuture<String> stop) {
    this.home = home;
    this.surroundings = surroundings;
    this.console = console;
    this.stop = stop;
  }

  /** Does what the arguments ask for and returns how to exit. */
  ExitCode run(String... arguments) {
    // Subcommands first, so that what is set holds for them, too.
    CommandLine commandLine =
        new CommandLine(this)
            .addSubcommand(
                new ImportCommand(
                    surroundings,
                    console,
                    () -> folders(secrets).conf(),
                    files ->
                        new Checker(folders(secrets)).check(new CheckedFiles(files, Set.of()))))
            .addSubcommand(
                new CheckCommand(
                    surroundings, console, own -> folders(own == null ? secrets : own)))
            .setExpandAtFiles(false)
            .setInterpolateVariables(false)
            .setUsageHelpAutoWidth(false)
            .setUsageHelpWidth(100);
    commandLine.getCommandSpec().version(Version.of("gateway"));
    commandLine.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    commandLine.setParameterExceptionHandler(
        (e, given) ->
            refuse(
                e instanceof CommandLine.UnmatchedArgumentException unknown
                    ? UnknownArguments.explain(unknown)
                    : e.getMessage(),
                e.getCommandLine().getCommandSpec()));
    return ExitCode.of(commandLine.execute(arguments));
  }

  @Override
  public Integer call() {
    if (verbosity < 0 || verbosity > MOST) {
      return refuse("--verbose '" + verbosity + "': must be 0 to " + MOST);
    }
    try {
      Optional<WebConsoleRequest> wanted = WebConsoleRequest.find(webConsole, surroundings);
      return new Gateway(folders(secrets), console, verbosity, wanted, stop).run().status();
    } catch (InputException e) {
      return refuse(e.getMessage());
    }
  }

  private GatewayFolders folders(@Nullable String secretsFolder) {
    return GatewayFolders.find(home, surroundings, conf, secretsFolder, state);
  }

  private int refuse(@Nullable String why) {
    return refuse(why, Objects.requireNonNull(spec));
  }

  private int refuse(@Nullable String why, CommandSpec command) {
    console.refuse(why + " (see " + command.qualifiedName() + " --help)");
    return ExitCode.CONFIGURATION.status();
  }
}
