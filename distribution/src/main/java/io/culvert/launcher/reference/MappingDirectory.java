// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import io.culvert.api.TunnelMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of mapping files, read with all folders in it in the order of their paths. Of a service
 * that comes more than once the first mapping counts. A file that is not in the ini format is
 * skipped.
 *
 * @param endpoints endpoint by service id, in the order found.
 * @param items all entries in the order found.
 */
public record MappingDirectory(Map<String, String> endpoints, List<Item> items) {
  /** Nothing was given. */
  public static final MappingDirectory NONE = new MappingDirectory(Map.of(), List.of());

  private static final int MAX_DEPTH = 32;

  /** A wrong endpoint that is too short, and of too few kinds of letters, to be a token. */
  private static final Pattern NEARLY = Pattern.compile("[a-z0-9.:_\\[\\]-]{1,31}");

  /** Copies the collections. */
  public MappingDirectory {
    endpoints = Collections.unmodifiableMap(new LinkedHashMap<>(endpoints));
    items = List.copyOf(items);
  }

  /**
   * Reads the folder that the user named.
   *
   * @param value the value of {@code --config-dir}.
   * @param folder the folder.
   * @param mode which end of the tunnel, which decides what an endpoint may be.
   * @return its content.
   * @throws InputException if it is not a folder with at least one entry.
   */
  public static MappingDirectory read(OptionValue value, Path folder, TunnelMode mode) {
    if (!Files.isDirectory(folder)) {
      throw value.rejected("must be an existing folder");
    }
    if (isEmpty(folder)) {
      throw value.rejected("must be a folder with mapping files, but is empty");
    }
    return read(folder, mode);
  }

  /**
   * Reads the folder that counts if the user named none.
   *
   * @param folder the folder, which need not exist.
   * @param mode which end of the tunnel.
   * @return its content.
   */
  public static MappingDirectory readDefault(Path folder, TunnelMode mode) {
    return Files.isDirectory(folder) ? read(folder, mode) : NONE;
  }

  private static MappingDirectory read(Path folder, TunnelMode mode) {
    Map<String, String> endpoints = new LinkedHashMap<>();
    Map<String, Place> first = new HashMap<>();
    List<Item> items = new ArrayList<>();
    for (Path file : files(folder)) {
      for (Item item : Files.isRegularFile(file) ? MappingFile.read(file) : notAFile(file)) {
        Item judged = item.isUsable() ? judge(item, mode, first) : item;
        items.add(isPlausible(judged) ? judged : judged.withoutText());
        if (judged.isUsable()) {
          endpoints.put(judged.key(), String.valueOf(judged.value()));
          first.put(judged.key(), judged.place());
        }
      }
    }
    return new MappingDirectory(endpoints, items);
  }

  private static Item judge(Item item, TunnelMode mode, Map<String, Place> first) {
    if (!ServiceMappings.isServiceId(item.key())) {
      return item.with(Verdict.WRONG, "must have an id of " + ServiceMappings.ID_FORM);
    }
    if (!ServiceMappings.isEndpoint(mode, String.valueOf(item.value()))) {
      return item.with(Verdict.WRONG, ServiceMappings.allowed(mode));
    }
    Place before = first.get(item.key());
    return before == null
        ? item
        : item.with(Verdict.OVERRULED, "comes after " + before.brief() + ", and the first counts");
  }

  /**
   * Tells whether this looks like a mapping, if perhaps a wrong one. Other text may be a token that
   * stands alone and ends with {@code =}, and must not be shown.
   */
  private static boolean isPlausible(Item item) {
    String value = item.value();
    return value != null
        && ServiceMappings.isServiceId(item.key())
        && (value.equals(Item.HIDDEN)
            || NEARLY.matcher(value).matches()
            || ServiceMappings.isEndpoint(TunnelMode.SOURCE, value)
            || ServiceMappings.isEndpoint(TunnelMode.DESTINATION, value));
  }

  private static List<Item> notAFile(Path path) {
    String problem =
        Files.isDirectory(path)
            ? "is a link to a folder, and such links are not followed"
            : "is neither a file nor a folder";
    return List.of(new Item(new Place(path.toString(), 0), "", null, Verdict.OVERRULED, problem));
  }

  /** Returns all that is in a folder and the folders in it, but for these themselves. */
  private static List<Path> files(Path folder) {
    try (Stream<Path> tree = Files.walk(folder, MAX_DEPTH)) {
      return tree.filter(path -> !isRealFolder(path, folder)).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new InputException("--config-dir '" + folder + "': cannot be read (" + e + ")", e);
    }
  }

  private static boolean isRealFolder(Path path, Path root) {
    return Files.isDirectory(path) && (path.equals(root) || !Files.isSymbolicLink(path));
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw new InputException("--config-dir '" + folder + "': cannot be read (" + e + ")", e);
    }
  }
}
