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
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.BundleException;

/**
 * Finds out what the gateway would refuse, before it can see the files: they are put into a
 * temporary folder for that, beside copies of the tunnels that are there already, and it is
 * deleted. For one use by one thread.
 */
final class DraftCheck {
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
  private static final String NO_COMMENT = "";
  private static final String ANY_TUNNEL = DraftFile.tunnel("*");

  private final FileCheck check;
  private final Draft draft;
  private final Path target;

  /**
   * Makes one.
   *
   * @param check judges files.
   * @param draft what is to be judged.
   * @param target where it goes; need not be there.
   */
  DraftCheck(FileCheck check, Draft draft, Path target) {
    this.check = check;
    this.draft = draft;
    this.target = target;
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
      // First what is there, so that it is the new file that is said to take a token twice.
      List<Path> paths = copyTunnels(folder.path());
      Map<Path, DraftFile> made = new HashMap<>();
      for (DraftFile file : files) {
        Path path = folder.path().resolve(file.name());
        paths.add(Files.writeString(path, file.text(NO_COMMENT)));
        made.put(path, file);
      }
      return check.check(paths).stream()
          .filter(finding -> finding.isError() && made.containsKey(finding.file()))
          .map(finding -> refusal(finding, made.get(finding.file())))
          .toList();
    }
  }

  /** Copies the tunnels that stay; one that this user cannot read is not looked at. */
  private List<Path> copyTunnels(Path folder) throws IOException {
    List<Path> copies = new ArrayList<>();
    if (!Files.isReadable(target)) {
      return copies;
    }
    Set<String> replaced = draft.files().stream().map(DraftFile::name).collect(Collectors.toSet());
    try (DirectoryStream<Path> tunnels = Files.newDirectoryStream(target, ANY_TUNNEL)) {
      for (Path tunnel : tunnels) {
        String name = tunnel.getFileName().toString();
        if (!replaced.contains(name) && Files.isReadable(tunnel)) {
          copies.add(Files.copy(tunnel, folder.resolve(name)));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return copies;
  }

  private String refusal(Finding finding, DraftFile file) {
    String places =
        key(finding, file).stream()
            .flatMap(key -> draft.origins(key, finding.message()).stream())
            .map(Item::place)
            .map(Place::brief)
            .distinct()
            .collect(Collectors.joining(", "));
    String why =
        finding.line() == 0
            ? finding.message()
            : file.fullPid() + " would not accept " + finding.message();
    return Console.oneLine(
        "refused! " + (places.isEmpty() ? file.name() : places) + " because " + why);
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
