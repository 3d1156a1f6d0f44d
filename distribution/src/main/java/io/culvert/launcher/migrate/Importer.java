// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import io.culvert.launcher.process.Console;
import io.culvert.launcher.process.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.osgi.framework.BundleException;

/** Lists what became of the entries, and writes the files. For one use by one thread. */
final class Importer {
  private final Console console;
  private final Path folder;
  private final String comment;
  private final FileCheck check;

  /**
   * Makes an importer.
   *
   * @param console where it prints.
   * @param folder where the files go; is made if it is not there.
   * @param comment the first line of each.
   * @param check judges them before they are written.
   */
  Importer(Console console, Path folder, String comment, FileCheck check) {
    this.console = console;
    this.folder = folder;
    this.comment = comment;
    this.check = check;
  }

  /**
   * Does it, and returns how to exit.
   *
   * @param draft what was read.
   * @param strict whether an entry that needs a look keeps everything from being written.
   * @param force whether files that are there are replaced.
   * @param dryRun whether files are shown instead of written.
   * @throws IOException if the files cannot be written; then all is as it was.
   * @throws BundleException if they cannot be judged.
   */
  ExitCode run(Draft draft, boolean strict, boolean force, boolean dryRun)
      throws IOException, BundleException {
    PrintStream out = console.out();
    List<DraftFile> files = draft.files();
    List<Path> existing = FileBatch.existing(folder, files);
    if (!force && !existing.isEmpty()) {
      String names = existing.stream().map(Path::toString).collect(Collectors.joining(", "));
      return refuse("already there, --force replaces them: " + names);
    }
    Summary summary = new Summary(draft.lines(), files);
    draft.lines().forEach(out::println);
    if (dryRun) {
      show(files);
    }
    out.println();
    summary.counts().forEach(out::println);
    if (strict && summary.doubts() > 0) {
      return refuse("--strict: mend what is marked 'dropped!'");
    }
    List<String> refusals = new DraftCheck(check, draft, folder).refusals();
    refusals.forEach(out::println);
    if (!refusals.isEmpty()) {
      return refuse("mend what is marked 'refused!', as the gateway would not take it");
    }
    if (dryRun) {
      out.println("Dry run: nothing is written.");
      return ExitCode.OK;
    }
    new FileBatch(folder).write(files, comment, force);
    files.forEach(file -> out.println("Wrote " + folder.resolve(file.name())));
    summary.nextSteps().forEach(out::println);
    return ExitCode.OK;
  }

  private void show(List<DraftFile> files) {
    for (DraftFile file : files) {
      console.out().println();
      console.out().println(folder.resolve(file.name()));
      console.out().print(file.shown(comment));
    }
  }

  private ExitCode refuse(String why) {
    console.refuse(why + "; nothing is written");
    return ExitCode.CONFIGURATION;
  }
}
