// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import io.culvert.launcher.ConfigKey;
import io.culvert.launcher.conf.ConfException;
import io.culvert.launcher.conf.ConfReader;
import io.culvert.launcher.conf.Finding;
import io.culvert.launcher.process.Console;
import io.culvert.launcher.process.PrivateFolder;
import io.culvert.launcher.reference.Item;
import io.culvert.launcher.reference.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.BundleException;

/**
 * Finds out what the gateway would refuse, before it can see the files: they are put into a
 * temporary folder for that, which is deleted. For one use by one thread.
 */
final class DraftCheck {
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
  private static final String NO_COMMENT = "";

  private final FileCheck check;
  private final Draft draft;

  DraftCheck(FileCheck check, Draft draft) {
    this.check = check;
    this.draft = draft;
  }

  /**
   * Returns a line for each thing that would be refused, with the places that it comes from.
   *
   * @throws IOException if there can be no temporary folder, or a bundle cannot be read.
   * @throws BundleException if a bundle does not start.
   */
  List<String> refusals() throws IOException, BundleException {
    List<DraftFile> files = draft.files();
    if (files.isEmpty()) {
      return List.of();
    }
    try (PrivateFolder folder = PrivateFolder.create(TEMPORARY)) {
      List<Path> paths = new ArrayList<>();
      for (DraftFile file : files) {
        paths.add(Files.writeString(folder.path().resolve(file.name()), file.text(NO_COMMENT)));
      }
      return check.check(paths).stream()
          .filter(Finding::isError)
          .map(finding -> refusal(finding, files.get(paths.indexOf(finding.file()))))
          .toList();
    }
  }

  private String refusal(Finding finding, DraftFile file) {
    String places =
        key(finding, file).stream()
            .flatMap(key -> draft.origins(key, finding.message()).stream())
            .map(Item::place)
            .map(Place::brief)
            .distinct()
            .collect(Collectors.joining(", "));
    return Console.oneLine(
        "refused! "
            + (places.isEmpty() ? file.name() : places)
            + " because "
            + file.fullPid()
            + " would not accept "
            + finding.message());
  }

  /** Returns the key that stands in the line of a finding. */
  private static Optional<ConfigKey> key(Finding finding, DraftFile file) {
    Map<String, Integer> lines;
    try {
      lines = ConfReader.read(file.text(NO_COMMENT)).lines();
    } catch (ConfException e) {
      return Optional.empty(); // then that is what was found
    }
    return file.values().keySet().stream()
        .filter(key -> finding.line() == lines.getOrDefault(key.key(), 0))
        .findFirst();
  }
}
