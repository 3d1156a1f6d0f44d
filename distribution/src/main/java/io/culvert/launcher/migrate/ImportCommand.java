// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import io.culvert.launcher.cli.Surroundings;
import io.culvert.launcher.conf.ConfName;
import io.culvert.launcher.process.Console;
import io.culvert.launcher.process.ExitCode;
import io.culvert.launcher.reference.InputException;
import io.culvert.launcher.reference.OptionValue;
import io.culvert.launcher.reference.ReferenceOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The subcommand {@code culvert import}. For one use by one thread. */
@Command(
    name = "import",
    sortOptions = false,
    exitCodeOnInvalidInput = 1,
    exitCodeOnExecutionException = 5,
    descriptionHeading = "%n",
    description = {
      "Makes configuration files out of those of the AWS reference local proxy.",
      "%nEach entry that was taken or dropped is listed, with the reason. If a file cannot be read,"
          + " or one to be written is there already or would be refused by the gateway, nothing is"
          + " written.%n"
    },
    optionListHeading = "Options:%n",
    footer = {
      "",
      "Example: culvert import --config config.ini --config-dir config --mode destination",
      "Exit status: 0 done, also if entries were dropped; 1 bad option or file, nothing is written;",
      "             5 internal error; 6 a folder or disk that cannot be used now."
    })
public final class ImportCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final Console console;
  private final Supplier<Path> conf;
  private final FileCheck check;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Options, as localproxy reads them.")
  private @Nullable String config;

  @Option(
      names = "--config-dir",
      paramLabel = "FOLDER",
      description = "Folder of service mappings; needs a mode, by --mode or --config.")
  private @Nullable String configDir;

  @Option(names = "--settings-json", paramLabel = "FILE", description = "Fine-grained settings.")
  private @Nullable String settings;

  @Option(
      names = {"-m", "--mode"},
      paramLabel = "MODE",
      description = "source or destination: which end this is. Goes before what a file says.")
  private @Nullable String mode;

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description = "Where to write, a new folder too; the folder that culvert reads unless given.")
  private @Nullable String to;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the tunnel, if there is an access token; imported unless given.")
  private String name = "imported";

  @Option(names = "--force", description = "Replace files that are there.")
  private boolean force;

  @Option(
      names = "--strict",
      description = "Write nothing, and exit with 1, if an entry that is dropped needs a look.")
  private boolean strict;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Show what would be written, with tokens hidden, and write nothing.")
  private boolean dryRun;

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
   * @param conf finds the folder that the gateway reads.
   * @param check judges files before they are written.
   */
  public ImportCommand(
      Surroundings surroundings, Console console, Supplier<Path> conf, FileCheck check) {
    this.surroundings = surroundings;
    this.console = console;
    this.conf = conf;
    this.check = check;
  }

  @Override
  public Integer call() throws BundleException {
    if (Stream.of(config, configDir, settings).allMatch(Objects::isNull)) {
      Objects.requireNonNull(spec).commandLine().usage(console.err());
      return ExitCode.CONFIGURATION.status();
    }
    try {
      return run().status();
    } catch (InputException e) {
      console.refuse(e.getMessage() + "; nothing is written");
      return ExitCode.CONFIGURATION.status();
    } catch (IOException e) {
      console.refuse("the files cannot be checked or written (" + e + "); all is as it was");
      return ExitCode.STORAGE.status();
    }
  }

  private ExitCode run() throws IOException, BundleException {
    if (ConfName.parse(DraftFile.tunnel(name)).isEmpty()) {
      throw new InputException("--name '" + name + "': must be letters, digits, '.', '_' and '-'");
    }
    Path folder = to == null ? conf.get() : surroundings.resolve(to);
    if (!canTake(folder)) {
      throw new InputException(
          "--to '"
              + folder
              + "': must be a folder that this user may write, or a new one in such a folder");
    }
    Draft draft = new Inputs(given(), surroundings, name).read();
    Importer importer =
        new Importer(console, folder, "Made by culvert import from " + sources(), check);
    return importer.run(draft, strict, force, dryRun);
  }

  /** A folder is made, but no path to it, which is more likely to be misspelt. */
  private static boolean canTake(Path folder) {
    Path taker =
        Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
            ? folder
            : folder.toAbsolutePath().getParent();
    return taker != null && Files.isDirectory(taker) && Files.isWritable(taker);
  }

  private String sources() {
    return Stream.of(config, configDir, settings)
        .filter(Objects::nonNull)
        .collect(Collectors.joining(", "));
  }

  private Map<ReferenceOption, OptionValue> given() {
    Map<ReferenceOption, OptionValue> given = new EnumMap<>(ReferenceOption.class);
    put(given, ReferenceOption.CONFIG, config);
    put(given, ReferenceOption.CONFIG_DIR, configDir);
    put(given, ReferenceOption.SETTINGS_JSON, settings);
    put(given, ReferenceOption.MODE, mode);
    return given;
  }

  private static void put(
      Map<ReferenceOption, OptionValue> given, ReferenceOption option, @Nullable String text) {
    if (text != null) {
      given.put(option, new OptionValue(option, text, "--" + option.longName()));
    }
  }
}
