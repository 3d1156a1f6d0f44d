// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import io.culvert.launcher.ConfigKey;
import io.culvert.launcher.reference.Item;
import io.culvert.launcher.reference.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configurations as far as they are known, and what became of each entry. Values are texts,
 * numbers, booleans or {@link Entries}, which grow. For one thread.
 */
final class Draft {
  private final String tunnel;
  private final Map<ConfigKey, Object> values = new EnumMap<>(ConfigKey.class);
  private final Map<ConfigKey, Map<Item, Object>> origins = new EnumMap<>(ConfigKey.class);
  private final List<Line> lines = new ArrayList<>();

  /**
   * Makes an empty draft.
   *
   * @param tunnel the name of the configuration of a tunnel.
   */
  Draft(String tunnel) {
    this.tunnel = tunnel;
  }

  /** Takes an entry as the values of some keys. */
  void take(Item item, Map<ConfigKey, ?> taken) {
    Map<ConfigKey, Object> ordered = new EnumMap<>(ConfigKey.class);
    ordered.putAll(taken);
    ordered.forEach(
        (key, value) -> {
          values.merge(key, value, Draft::merge);
          origins.computeIfAbsent(key, none -> new LinkedHashMap<>()).put(item, value);
        });
    lines.add(new Line(item, new Targets(tunnel, item).of(ordered)));
  }

  private static Object merge(Object there, Object more) {
    return there instanceof Entries first && more instanceof Entries others
        ? first.plus(others)
        : more;
  }

  /** Notes an entry that names another file to read. */
  void follow(Item item) {
    lines.add(new Line(item, "read, see below"));
  }

  /** Drops an entry for its own problem. */
  void drop(Item item) {
    lines.add(new Line(item, ""));
  }

  /** Drops an entry that is good in itself. */
  void drop(Item item, Verdict verdict, String why) {
    drop(item.with(verdict, why));
  }

  /** Returns a value so far. */
  @Nullable Object get(ConfigKey key) {
    return values.get(key);
  }

  /**
   * Returns the entries that a problem with the value of a key is about.
   *
   * @param problem what is wrong; of a list it quotes what it means.
   */
  List<Item> origins(ConfigKey key, String problem) {
    Map<Item, Object> all = origins.getOrDefault(key, Map.of());
    List<Item> quoted =
        all.keySet().stream()
            .filter(item -> all.get(item) instanceof Entries list && list.isQuoted(problem))
            .toList();
    return quoted.isEmpty() ? List.copyOf(all.keySet()) : quoted;
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }

  /** Returns the files that have content, in the order of their keys. */
  List<DraftFile> files() {
    Map<String, Map<ConfigKey, Object>> byPid = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (!value.equals(Entries.NONE)) {
            byPid
                .computeIfAbsent(key.pid(), none -> new EnumMap<>(ConfigKey.class))
                .put(key, value);
          }
        });
    return byPid.entrySet().stream()
        .map(file -> new DraftFile(DraftFile.fullPid(file.getKey(), tunnel), file.getValue()))
        .toList();
  }
}
