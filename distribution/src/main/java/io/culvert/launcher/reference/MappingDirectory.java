// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import io.culvert.api.TunnelMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of mapping files, read with all folders in it in the order of their paths. Of a service
 * that comes more than once the first mapping counts. A file that is not in the ini format is
 * skipped with a warning.
 */
public final class MappingDirectory {
  private static final int MAX_DEPTH = 32;

  private MappingDirectory() {}

  /**
   * Reads the folder that the user named.
   *
   * @param value the value of {@code --config-dir}.
   * @param folder the folder.
   * @param mode which end of the tunnel, which decides what an endpoint may be.
   * @return the mappings.
   * @throws InputException if it is not a folder with at least one entry, or a mapping in it is
   *     malformed.
   */
  public static ServiceMappings read(OptionValue value, Path folder, TunnelMode mode) {
    if (!Files.isDirectory(folder)) {
      throw value.rejected("must be an existing folder");
    }
    if (isEmpty(folder)) {
      throw value.rejected("must be a folder with mapping files, but is empty");
    }
    return read(folder, mode, true);
  }

  /**
   * Reads the folder that counts if the user named none. It may hold other things too, so what is
   * no mapping is skipped with a warning.
   *
   * @param folder the folder, which need not exist.
   * @param mode which end of the tunnel.
   * @return the mappings.
   */
  public static ServiceMappings readDefault(Path folder, TunnelMode mode) {
    return Files.isDirectory(folder)
        ? read(folder, mode, false)
        : new ServiceMappings(Map.of(), List.of());
  }

  private static ServiceMappings read(Path folder, TunnelMode mode, boolean strict) {
    Map<String, String> endpoints = new LinkedHashMap<>();
    List<Notice> notices = new ArrayList<>();
    for (Path file : files(folder)) {
      Map<String, MappingFile.Entry> entries;
      try {
        entries = MappingFile.read(file);
      } catch (InputException e) {
        notices.add(Notice.warning(e.getMessage() + "; the whole file is skipped"));
        continue;
      }
      entries.forEach(
          (id, entry) -> {
            String problem = problem(id, entry, mode);
            if (problem == null) {
              endpoints.putIfAbsent(id, entry.text());
            } else if (strict) {
              throw new InputException(problem);
            } else {
              notices.add(Notice.warning(problem + "; skipped"));
            }
          });
    }
    return new ServiceMappings(endpoints, notices);
  }

  private static @Nullable String problem(String id, MappingFile.Entry entry, TunnelMode mode) {
    if (!ServiceMappings.isServiceId(id)) {
      return entry.where()
          + ": service id '"
          + id
          + "' must be 1 to 128 letters, digits, ':', '_' and '-'";
    }
    return ServiceMappings.isEndpoint(mode, entry.text())
        ? null
        : entry.where()
            + ": endpoint '"
            + entry.text()
            + "' of "
            + id
            + " "
            + ServiceMappings.allowed(mode);
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> tree = Files.walk(folder, MAX_DEPTH)) {
      return tree.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new InputException("--config-dir '" + folder + "': cannot be read (" + e + ")", e);
    }
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw new InputException("--config-dir '" + folder + "': cannot be read (" + e + ")", e);
    }
  }
}
