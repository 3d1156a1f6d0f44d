// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.cli;

import io.culvert.api.ProtocolVersion;
import io.culvert.api.Secret;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.launcher.LaunchPlan;
import io.culvert.launcher.reference.InputException;
import io.culvert.launcher.reference.Items;
import io.culvert.launcher.reference.MappingDirectory;
import io.culvert.launcher.reference.Notice;
import io.culvert.launcher.reference.OptionValue;
import io.culvert.launcher.reference.ReferenceOption;
import io.culvert.launcher.reference.ServiceMappings;
import io.culvert.launcher.reference.Setting;
import io.culvert.launcher.reference.Settings;
import io.culvert.launcher.reference.SettingsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the plan out of option values, mapping files and settings. For one use. */
final class PlanBuilder {
  private static final int INFO = 4;
  private static final String NAME = "localproxy";

  private final OptionLayers options;
  private final Surroundings surroundings;
  private final List<Notice> notices;

  PlanBuilder(OptionLayers options, Surroundings surroundings, List<Notice> notices) {
    this.options = options;
    this.surroundings = surroundings;
    this.notices = new ArrayList<>(notices);
  }

  /**
   * Makes the plan.
   *
   * @throws InputException if a value is malformed, missing or contradicts another one.
   */
  LaunchPlan build() {
    int verbosity = options.find(ReferenceOption.VERBOSE).map(Checks::verbosity).orElse(INFO);
    Settings settings = settings();
    TunnelMode mode = mode();
    TunnelSpec tunnel = tunnel(mode);
    return new LaunchPlan(
        tunnel,
        verbosity,
        bindAddress(mode, settings),
        options
            .find(ReferenceOption.CAPATH)
            .map(value -> Checks.readable(value, surroundings.resolve(value.text())))
            .orElse(null),
        !options.isSet(ReferenceOption.NO_SSL_HOST_VERIFY),
        configuredServices(mode),
        settings,
        notices);
  }

  private Settings settings() {
    Settings settings =
        options
            .find(ReferenceOption.SETTINGS_JSON)
            .map(value -> SettingsFile.read(surroundings.resolve(Checks.notEmpty(value))))
            .orElse(Settings.NONE);
    notices.addAll(Items.strict(settings.items()));
    return settings;
  }

  private TunnelSpec tunnel(TunnelMode mode) {
    OptionValue token =
        options
            .find(ReferenceOption.ACCESS_TOKEN)
            .orElseThrow(
                () ->
                    new InputException(
                        "access-token: must be given, in AWSIOT_TUNNEL_ACCESS_TOKEN, a --config"
                            + " file or by --access-token"));
    OptionValue service =
        options
            .findEither(ReferenceOption.REGION, ReferenceOption.PROXY_ENDPOINT)
            .orElseThrow(
                () ->
                    new InputException(
                        "region: must be given by --region, or else --proxy-endpoint must"));
    boolean byRegion = service.option() == ReferenceOption.REGION;
    try {
      return new TunnelSpec(
          NAME,
          mode,
          Secret.of(token.text()),
          options.find(ReferenceOption.CLIENT_TOKEN).map(v -> Secret.of(v.text())).orElse(null),
          byRegion ? service.text() : null,
          byRegion ? null : Checks.endpoint(service),
          services(),
          version());
    } catch (IllegalArgumentException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private @Nullable ProtocolVersion version() {
    return options.find(ReferenceOption.DESTINATION_CLIENT_TYPE).map(Checks::version).orElse(null);
  }

  private TunnelMode mode() {
    return ModeRule.find(options)
        .orElseThrow(
            () ->
                new InputException(
                    "mode: must be given by --source-listen-port, --destination-app or --mode"));
  }

  private Map<String, String> services() {
    return options
        .find(ReferenceOption.SOURCE_LISTEN_PORT)
        .or(() -> options.find(ReferenceOption.DESTINATION_APP))
        .map(ServiceMappings::parse)
        .map(ServiceMappings::endpoints)
        .orElse(Map.of());
  }

  private Map<String, String> configuredServices(TunnelMode mode) {
    Optional<OptionValue> named = options.find(ReferenceOption.CONFIG_DIR);
    if (named.isEmpty()) {
      // It may hold other things too, so what is no mapping is skipped.
      MappingDirectory found = MappingDirectory.readDefault(surroundings.resolve("config"), mode);
      notices.addAll(Items.lenient(found.items()));
      return found.endpoints();
    }
    Path folder = surroundings.resolve(Checks.notEmpty(named.get()));
    MappingDirectory found = MappingDirectory.read(named.get(), folder, mode);
    notices.addAll(Items.strict(found.items()));
    return found.endpoints();
  }

  /** The settings' default address is for listening only, as in the reference. */
  private @Nullable String bindAddress(TunnelMode mode, Settings settings) {
    return options
        .find(ReferenceOption.LOCAL_BIND_ADDRESS)
        .map(Checks::address)
        .or(
            () ->
                mode == TunnelMode.SOURCE
                    ? settings.get(Setting.DEFAULT_BIND_ADDRESS).map(Checks::withoutBrackets)
                    : Optional.empty())
        .orElse(null);
  }
}
