// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import io.culvert.launcher.cli.Surroundings;
import io.culvert.launcher.conf.CheckedFiles;
import io.culvert.launcher.conf.ConfCheck;
import io.culvert.launcher.conf.Finding;
import io.culvert.launcher.process.Console;
import io.culvert.launcher.process.ExitCode;
import io.culvert.launcher.reference.InputException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The subcommand {@code culvert check}. For one use by one thread. */
@Command(
    name = "check",
    sortOptions = false,
    exitCodeOnInvalidInput = 1,
    exitCodeOnExecutionException = 5,
    description = {
      "Checks configuration files as the gateway would, and changes nothing.",
      "",
      "Prints a line for each error and each warning: FILE:LINE:COLUMN: error: what is wrong.",
      ""
    },
    parameterListHeading = "Parameters:%n",
    optionListHeading = "Options:%n",
    footer = {
      "",
      "Example: culvert check new/io.culvert.TunnelManager.cfg.json",
      "Exit status: 0 no errors; 1 errors, or a bad option; 5 internal error;",
      "             6 a folder or disk that cannot be used now."
    })
final class CheckCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final Console console;
  private final Function<@Nullable String, GatewayFolders> folders;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE|FOLDER",
      description = "What to check; the folder that culvert reads unless given.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--secrets",
      paramLabel = "FOLDER",
      description = "Folder of the files for $[secret:NAME]; that of culvert unless given.")
  private @Nullable String secrets;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  /**
   * Makes the command.
   *
   * @param surroundings where files are looked up.
   * @param console where it prints.
   * @param folders finds the folders of the gateway; takes the option for that of secrets.
   */
  CheckCommand(
      Surroundings surroundings,
      Console console,
      Function<@Nullable String, GatewayFolders> folders) {
    this.surroundings = surroundings;
    this.console = console;
    this.folders = folders;
  }

  @Override
  public Integer call() throws BundleException {
    try {
      return check().status();
    } catch (InputException e) {
      return refuse(e.getMessage(), ExitCode.CONFIGURATION);
    } catch (IOException e) {
      return refuse("a file or folder cannot be used now (" + e + ")", ExitCode.STORAGE);
    }
  }

  private ExitCode check() throws IOException, BundleException {
    GatewayFolders all = folders.apply(secrets);
    if (all.secretsComplaint().isPresent()) {
      throw new InputException(all.secretsComplaint().get());
    }
    List<Path> files = new ArrayList<>();
    Set<Path> whole = new TreeSet<>();
    for (Path path :
        paths.isEmpty()
            ? List.of(all.conf())
            : paths.stream().map(surroundings::resolve).toList()) {
      files.addAll(files(path));
      if (Files.isDirectory(path)) {
        whole.add(path);
      }
    }
    List<Finding> findings = new Checker(all).check(new CheckedFiles(files, whole));
    findings.forEach(finding -> say(finding.toString()));
    long errors = findings.stream().filter(Finding::isError).count();
    say(
        "%d %s: %d %s, %d %s"
            .formatted(
                files.size(),
                files.size() == 1 ? "file" : "files",
                errors,
                errors == 1 ? "error" : "errors",
                findings.size() - errors,
                findings.size() - errors == 1 ? "warning" : "warnings"));
    return errors == 0 ? ExitCode.OK : ExitCode.CONFIGURATION;
  }

  private void say(String line) {
    console.out().println(Console.oneLine(line));
  }

  private static List<Path> files(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (!GatewayFolders.isOpen(path)) {
      throw new InputException(
          "'" + path + "': must be a file, or a folder that this user may read and enter");
    }
    TreeSet<Path> files = new TreeSet<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(path, ConfCheck::isMeant)) {
      found.forEach(files::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    files.removeIf(Files::isDirectory);
    return List.copyOf(files);
  }

  private int refuse(@Nullable String why, ExitCode code) {
    console.refuse(String.valueOf(why));
    return code.status();
  }
}
