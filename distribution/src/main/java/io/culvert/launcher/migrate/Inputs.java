// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import io.culvert.api.TunnelMode;
import io.culvert.launcher.SettingsMapping;
import io.culvert.launcher.cli.Checks;
import io.culvert.launcher.cli.ModeRule;
import io.culvert.launcher.cli.OptionLayers;
import io.culvert.launcher.cli.Surroundings;
import io.culvert.launcher.reference.ConfigFile;
import io.culvert.launcher.reference.InputException;
import io.culvert.launcher.reference.Item;
import io.culvert.launcher.reference.MappingDirectory;
import io.culvert.launcher.reference.OptionValue;
import io.culvert.launcher.reference.ReferenceOption;
import io.culvert.launcher.reference.SettingsFile;
import io.culvert.launcher.reference.Verdict;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what {@code localproxy} would read, with the same readers, and drafts the configurations
 * that do the same. For one use by one thread.
 */
final class Inputs {
  private final Map<ReferenceOption, OptionValue> given;
  private final Surroundings surroundings;
  private final Draft draft;

  /**
   * Makes a reader that has read nothing yet.
   *
   * @param given the options of the command line: the files, and the mode.
   * @param surroundings where files are looked up.
   * @param tunnel the name of the configuration of a tunnel.
   */
  Inputs(Map<ReferenceOption, OptionValue> given, Surroundings surroundings, String tunnel) {
    this.given = given;
    this.surroundings = surroundings;
    this.draft = new Draft(tunnel);
  }

  /**
   * Reads everything.
   *
   * @throws InputException if a file or folder cannot be used at all, or the mode is needed and not
   *     known.
   */
  Draft read() {
    OptionValue file = given.get(ReferenceOption.CONFIG);
    ConfigFile config =
        file == null
            ? ConfigFile.NONE
            : ConfigFile.read(surroundings.resolve(Checks.notEmpty(file)));
    OptionLayers options = new OptionLayers(List.of(given, forMode(config)));
    Optional<TunnelMode> mode = ModeRule.find(options);
    new OptionImport(draft, surroundings, given, config, mode).run();
    options.find(ReferenceOption.CONFIG_DIR).ifPresent(value -> readMappings(value, mode));
    options
        .find(ReferenceOption.SETTINGS_JSON)
        .map(value -> SettingsFile.read(surroundings.resolve(Checks.notEmpty(value))))
        .ifPresent(settings -> new SettingImport(draft, settings, mode).run());
    return draft;
  }

  /** Returns the options of a file without those that cannot say which end this is. */
  private Map<ReferenceOption, OptionValue> forMode(ConfigFile config) {
    Map<ReferenceOption, OptionValue> values = new EnumMap<>(ReferenceOption.class);
    values.putAll(config.values());
    values.computeIfPresent(ReferenceOption.MODE, (option, mode) -> isMode(mode) ? mode : null);
    OptionValue mode = given.get(ReferenceOption.MODE);
    if (mode != null) {
      values.remove(
          Checks.mode(mode) == TunnelMode.SOURCE
              ? ReferenceOption.DESTINATION_APP
              : ReferenceOption.SOURCE_LISTEN_PORT);
    }
    return values;
  }

  private static boolean isMode(OptionValue value) {
    try {
      return Checks.mode(value) != null;
    } catch (InputException e) {
      return false; // its own line says so
    }
  }

  private void readMappings(OptionValue value, Optional<TunnelMode> mode) {
    TunnelMode end = needed(mode, value.toString());
    Endpoints endpoints = new Endpoints(surroundings, end);
    MappingDirectory found =
        MappingDirectory.read(value, surroundings.resolve(Checks.notEmpty(value)), end);
    for (Item item : found.items()) {
      if (!item.isUsable()) {
        draft.drop(item);
      } else if (draft.get(SettingsMapping.mappings(end)) instanceof Entries before
          && before.map().containsKey(item.key())) {
        draft.drop(item, Verdict.OVERRULED, "comes after --config, which goes before it");
      } else {
        String endpoint = endpoints.absolute(found.endpoints().get(item.key()));
        draft.take(item, Map.of(SettingsMapping.mappings(end), Entries.of(item.key(), endpoint)));
      }
    }
  }

  /** Returns the mode that something needs. */
  static TunnelMode needed(Optional<TunnelMode> mode, String what) {
    return mode.orElseThrow(
        () ->
            new InputException(
                what + ": needs --mode source or --mode destination, as no file says which"));
  }
}
