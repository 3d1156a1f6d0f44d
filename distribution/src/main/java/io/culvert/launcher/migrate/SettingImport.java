// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import io.culvert.api.TunnelMode;
import io.culvert.launcher.ConfigKey;
import io.culvert.launcher.SettingsMapping;
import io.culvert.launcher.cli.Checks;
import io.culvert.launcher.reference.Item;
import io.culvert.launcher.reference.Setting;
import io.culvert.launcher.reference.Settings;
import io.culvert.launcher.reference.Verdict;
import java.util.Map;
import java.util.Optional;

/** Turns the fine-grained settings into configurations, after the options. For one use. */
final class SettingImport {
  private final Draft draft;
  private final Settings settings;
  private final Optional<TunnelMode> mode;

  SettingImport(Draft draft, Settings settings, Optional<TunnelMode> mode) {
    this.draft = draft;
    this.settings = settings;
    this.mode = mode;
  }

  void run() {
    for (Item item : settings.items()) {
      if (item.isUsable()) {
        Setting.byKey(item.key())
            .ifPresentOrElse(setting -> read(item, setting), () -> readRegion(item));
      } else {
        draft.drop(item);
      }
    }
  }

  private void read(Item item, Setting setting) {
    String value = String.valueOf(settings.values().get(setting));
    switch (setting) {
      case DEFAULT_BIND_ADDRESS -> readBindAddress(item, value);
      case ENDPOINT_FORMAT -> readFormat(item);
      default -> draft.take(item, SettingsMapping.of(setting, value));
    }
  }

  private void readRegion(Item item) {
    String region = item.key().substring(Setting.REGION_ENDPOINTS.length());
    take(item, region, String.valueOf(settings.regionEndpoints().get(region)));
  }

  private void readBindAddress(Item item, String address) {
    if (mode.isEmpty()) {
      draft.drop(item, Verdict.DOUBTFUL, "counts at a source; --mode source would take it");
    } else if (mode.get() == TunnelMode.DESTINATION) {
      draft.drop(item, Verdict.WITHOUT_EFFECT, "counts at a source only");
    } else if (draft.get(ConfigKey.BIND_ADDRESS) != null) {
      draft.drop(item, Verdict.OVERRULED, "is overruled by local-bind-address");
    } else {
      draft.take(item, Map.of(ConfigKey.BIND_ADDRESS, Checks.withoutBrackets(address)));
    }
  }

  private void readFormat(Item item) {
    if (!(draft.get(ConfigKey.REGION) instanceof String region)) {
      draft.drop(
          item,
          Verdict.DOUBTFUL,
          "has no counterpart without a region; write "
              + ConfigKey.REGION_ENDPOINTS.key()
              + " into "
              + ConfigKey.REGION_ENDPOINTS.pid());
    } else if (settings.regionEndpoints().containsKey(region)) {
      draft.drop(item, Verdict.OVERRULED, "is overruled by region_endpoint_overrides." + region);
    } else {
      settings.endpointOf(region).ifPresent(endpoint -> take(item, region, endpoint));
    }
  }

  private void take(Item item, String region, String endpoint) {
    draft.take(item, Map.of(ConfigKey.REGION_ENDPOINTS, Entries.of(region, endpoint)));
  }
}
