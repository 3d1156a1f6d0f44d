// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import static io.culvert.launcher.ConfigKey.Pid;

import io.culvert.api.TunnelMode;
import io.culvert.launcher.reference.Setting;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns a plan into the configurations of the bundles. Only what the user gave is in a
 * configuration, everything else keeps the default of the component. No secret is ever in one.
 */
public final class SettingsMapping {
  /** The default of {@code retry.max.delay}, which must not be less than {@code retry.delay}. */
  private static final long RETRY_MAX_DELAY = 60_000;

  private SettingsMapping() {}

  /**
   * Returns what a setting becomes on its own.
   *
   * @param setting the setting.
   * @param value its value.
   * @return values by key; empty if what it becomes depends on other settings or options.
   */
  public static Map<ConfigKey, Object> of(Setting setting, String value) {
    return switch (setting) {
      case SUBPROTOCOL -> Map.of(ConfigKey.SUBPROTOCOL, value);
      case PING_PERIOD -> Map.of(ConfigKey.PING_PERIOD, Long.valueOf(value));
      case RETRY_DELAY -> retryDelay(Long.parseLong(value));
      case RETRY_COUNT -> Map.of(ConfigKey.RETRY_COUNT, Integer.valueOf(value));
      case TCP_RETRY_COUNT -> Map.of(ConfigKey.TCP_RETRY_COUNT, Integer.valueOf(value));
      case TCP_RETRY_DELAY -> Map.of(ConfigKey.TCP_RETRY_DELAY, Long.valueOf(value));
      case MAX_PAYLOAD -> Map.of(ConfigKey.MAX_PAYLOAD, Integer.valueOf(value));
      case MAX_CONNECTIONS -> Map.of(ConfigKey.MAX_CONNECTIONS, Integer.valueOf(value));
      case DEFAULT_BIND_ADDRESS, ENDPOINT_FORMAT -> Map.of();
    };
  }

  private static Map<ConfigKey, Object> retryDelay(long millis) {
    return millis > RETRY_MAX_DELAY
        ? Map.of(ConfigKey.RETRY_DELAY, millis, ConfigKey.RETRY_MAX_DELAY, millis)
        : Map.of(ConfigKey.RETRY_DELAY, millis);
  }

  /**
   * Returns the key of the mappings for all tunnels.
   *
   * @param mode which end of a tunnel they are for.
   */
  public static ConfigKey mappings(TunnelMode mode) {
    return mode == TunnelMode.SOURCE ? ConfigKey.SOURCES : ConfigKey.DESTINATIONS;
  }

  /**
   * Returns the configurations.
   *
   * @param plan what to run.
   * @param state where client tokens are kept.
   * @return properties by PID.
   */
  static Map<String, Map<String, Object>> configurations(LaunchPlan plan, Path state) {
    Map<ConfigKey, Object> values = new EnumMap<>(ConfigKey.class);
    plan.settings().values().forEach((setting, value) -> values.putAll(of(setting, value)));
    values.put(ConfigKey.STATE_DIR, state.toString());
    values.put(ConfigKey.VERIFY_CHAIN, plan.verifyPeer());
    values.put(ConfigKey.VERIFY_HOST, plan.verifyPeer());
    if (plan.caPath() != null) {
      values.put(ConfigKey.CA_PATH, plan.caPath().toString());
    }
    Map<String, String> endpoints = regionEndpoints(plan);
    if (!endpoints.isEmpty()) {
      values.put(ConfigKey.REGION_ENDPOINTS, ConfigKey.pairs(endpoints));
    }
    if (plan.bindAddress() != null) {
      values.put(ConfigKey.BIND_ADDRESS, plan.bindAddress());
    }
    // As in the reference: a mapping of the command line must be for a service of the tunnel.
    values.put(ConfigKey.STRICT_SERVICES, !plan.tunnel().services().isEmpty());
    values.put(mappings(plan.tunnel().mode()), ConfigKey.pairs(plan.configuredServices()));
    return byPid(values);
  }

  private static Map<String, String> regionEndpoints(LaunchPlan plan) {
    Map<String, String> endpoints = new TreeMap<>(plan.settings().regionEndpoints());
    String region = plan.tunnel().region();
    if (region != null) {
      plan.settings().endpointOf(region).ifPresent(endpoint -> endpoints.put(region, endpoint));
    }
    return endpoints;
  }

  private static Map<String, Map<String, Object>> byPid(Map<ConfigKey, Object> values) {
    Map<String, Map<String, Object>> configurations = new LinkedHashMap<>();
    for (String pid : List.of(Pid.TUNNEL_MANAGER, Pid.STREAM_BRIDGE, Pid.SERVICE_MAPPING)) {
      configurations.put(pid, new LinkedHashMap<>());
    }
    values.forEach((key, value) -> configurations.get(key.pid()).put(key.key(), value));
    return configurations;
  }
}
