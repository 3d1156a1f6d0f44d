// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import io.culvert.api.TunnelMode;
import io.culvert.launcher.ConfigKey;
import io.culvert.launcher.SettingsMapping;
import io.culvert.launcher.cli.Checks;
import io.culvert.launcher.cli.Surroundings;
import io.culvert.launcher.reference.ConfigFile;
import io.culvert.launcher.reference.InputException;
import io.culvert.launcher.reference.Item;
import io.culvert.launcher.reference.OptionValue;
import io.culvert.launcher.reference.ReferenceOption;
import io.culvert.launcher.reference.ServiceMappings;
import io.culvert.launcher.reference.Verdict;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the options of a {@code --config} file into configurations. With an access token mode,
 * services and version are those of its tunnel, else those of all tunnels as far as there is a key
 * for that. For one use by one thread.
 */
final class OptionImport {
  private final Draft draft;
  private final Surroundings surroundings;
  private final Map<ReferenceOption, OptionValue> given;
  private final ConfigFile config;
  private final Optional<TunnelMode> mode;
  private final boolean hasToken;

  OptionImport(
      Draft draft,
      Surroundings surroundings,
      Map<ReferenceOption, OptionValue> given,
      ConfigFile config,
      Optional<TunnelMode> mode) {
    this.draft = draft;
    this.surroundings = surroundings;
    this.given = given;
    this.config = config;
    this.mode = mode;
    this.hasToken = hasToken(config.values().get(ReferenceOption.ACCESS_TOKEN));
  }

  /**
   * Reads all options.
   *
   * @throws InputException if there is a token, and nothing says for which end.
   */
  void run() {
    if (hasToken) {
      Inputs.needed(mode, "access-token");
    }
    for (Item item : config.items()) {
      OptionValue value =
          ReferenceOption.byLongName(item.key()).map(config.values()::get).orElse(null);
      if (!item.isUsable() || value == null) {
        draft.drop(item);
        continue;
      }
      try {
        read(item, value);
      } catch (InputException e) {
        draft.drop(item, Verdict.WRONG, e.problem());
      }
    }
  }

  private void read(Item item, OptionValue value) {
    switch (value.option()) {
      case ACCESS_TOKEN -> {
        Checks.accessToken(value);
        draft.take(item, tunnel(Map.of(ConfigKey.ACCESS_TOKEN, value.text())));
      }
      case CLIENT_TOKEN -> ofTunnel(item, ConfigKey.CLIENT_TOKEN, Checks.clientToken(value));
      case DESTINATION_CLIENT_TYPE ->
          ofTunnel(item, ConfigKey.VERSION, Checks.version(value).toString());
      case REGION -> readService(item, ConfigKey.REGION, Checks.region(value));
      case PROXY_ENDPOINT -> readService(item, ConfigKey.ENDPOINT, Checks.endpoint(value));
      case SOURCE_LISTEN_PORT -> readMappings(item, value, TunnelMode.SOURCE);
      case DESTINATION_APP -> readMappings(item, value, TunnelMode.DESTINATION);
      case MODE -> readMode(item, value);
      case LOCAL_BIND_ADDRESS ->
          draft.take(item, Map.of(ConfigKey.BIND_ADDRESS, Checks.address(value)));
      case CAPATH -> {
        Path path = Checks.readable(value, surroundings.resolve(value.text()));
        String absolute = path.toAbsolutePath().normalize().toString();
        draft.take(item, Map.of(ConfigKey.CA_PATH, absolute));
      }
      case NO_SSL_HOST_VERIFY -> readVerification(item, value);
      case CONFIG_DIR, SETTINGS_JSON -> readFile(item, value);
      case VERBOSE ->
          draft.drop(
              item,
              Verdict.WITHOUT_EFFECT,
              "is no configuration; bin/culvert has --verbose, and conf/logging.properties");
      case HELP, VERSION, CONFIG, EXPORT_DEFAULT_SETTINGS ->
          throw new IllegalStateException("not usable in a file: " + value.option());
    }
  }

  /** Takes what there is for single tunnels only. */
  private void ofTunnel(Item item, ConfigKey key, String value) {
    if (hasToken) {
      draft.take(item, Map.of(key, value));
    } else {
      draft.drop(
          item,
          Verdict.DOUBTFUL,
          "belongs to one tunnel, and no access-token is here; write "
              + key.key()
              + " into the tunnel's own file");
    }
  }

  private void readService(Item item, ConfigKey key, String value) {
    boolean taken = draft.get(ConfigKey.REGION) != null || draft.get(ConfigKey.ENDPOINT) != null;
    if (taken) {
      draft.drop(item, Verdict.WRONG, "excludes the other of region and proxy-endpoint");
    } else {
      draft.take(item, Map.of(key, value));
    }
  }

  private void readMappings(Item item, OptionValue value, TunnelMode end) {
    if (mode.isPresent() && mode.get() != end) {
      draft.drop(item, Verdict.DOUBTFUL, "is for the other end than --mode says");
      return;
    }
    Entries entries =
        new Endpoints(surroundings, end).absolute(ServiceMappings.parse(value).endpoints());
    draft.take(
        item,
        hasToken
            ? Map.of(ConfigKey.SERVICES, entries, ConfigKey.STRICT_SERVICES, true)
            : Map.of(SettingsMapping.mappings(end), entries));
  }

  private void readMode(Item item, OptionValue value) {
    TunnelMode named = Checks.mode(value);
    if (mode.isPresent() && mode.get() != named) {
      draft.drop(item, Verdict.DOUBTFUL, "is overruled by --mode");
    } else if (hasToken) {
      draft.take(item, Map.of(ConfigKey.MODE, named.wireName()));
    } else {
      draft.take(item, Map.of(SettingsMapping.mappings(named), Entries.NONE));
    }
  }

  private void readVerification(Item item, OptionValue value) {
    if (Boolean.parseBoolean(value.text())) {
      draft.take(item, Map.of(ConfigKey.VERIFY_CHAIN, false, ConfigKey.VERIFY_HOST, false));
    } else {
      draft.drop(item, Verdict.OVERRULED, "is off anyway");
    }
  }

  private void readFile(Item item, OptionValue value) {
    if (given.containsKey(value.option())) {
      draft.drop(item, Verdict.OVERRULED, "is overruled by the command line");
    } else {
      draft.follow(item);
    }
  }

  /** Adds the mode, which the file of a tunnel always says. */
  private Map<ConfigKey, Object> tunnel(Map<ConfigKey, Object> token) {
    Map<ConfigKey, Object> all = new EnumMap<>(ConfigKey.class);
    all.putAll(token);
    all.put(ConfigKey.MODE, mode.orElseThrow().wireName());
    return all;
  }

  private static boolean hasToken(@Nullable OptionValue token) {
    try {
      return token != null && !Checks.accessToken(token).isEmpty();
    } catch (InputException e) {
      return false; // the line of the token says why
    }
  }
}
