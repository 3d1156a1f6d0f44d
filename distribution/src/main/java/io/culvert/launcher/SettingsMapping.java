// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import io.culvert.api.TunnelMode;
import io.culvert.launcher.reference.Setting;
import io.culvert.launcher.reference.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns a plan into the configurations of the bundles. The only place that knows their keys; only
 * what the user gave is in a configuration, everything else keeps the default of the component. No
 * secret is ever in one.
 */
final class SettingsMapping {
  static final String TUNNEL_MANAGER = "io.culvert.TunnelManager";
  static final String STREAM_BRIDGE = "io.culvert.StreamBridge";
  static final String SERVICE_MAPPING = "io.culvert.ServiceMappingConfig";

  /** The default of {@code retry.max.delay}, which must not be less than {@code retry.delay}. */
  private static final long RETRY_MAX_DELAY = 60_000;

  private SettingsMapping() {}

  /**
   * Returns the configurations.
   *
   * @param plan what to run.
   * @param state where client tokens are kept.
   * @return properties by PID.
   */
  static Map<String, Map<String, Object>> configurations(LaunchPlan plan, Path state) {
    Map<String, Map<String, Object>> configurations = new LinkedHashMap<>();
    configurations.put(TUNNEL_MANAGER, tunnelManager(plan, state));
    configurations.put(STREAM_BRIDGE, streamBridge(plan));
    configurations.put(SERVICE_MAPPING, serviceMapping(plan));
    return configurations;
  }

  private static Map<String, Object> tunnelManager(LaunchPlan plan, Path state) {
    Settings settings = plan.settings();
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("state.dir", state.toString());
    properties.put("tls.verify.chain", plan.verifyPeer());
    properties.put("tls.verify.host", plan.verifyPeer());
    if (plan.caPath() != null) {
      properties.put("ca.path", plan.caPath().toString());
    }
    Map<String, String> endpoints = new TreeMap<>(settings.regionEndpoints());
    String region = plan.tunnel().region();
    if (region != null) {
      settings.endpointOf(region).ifPresent(endpoint -> endpoints.put(region, endpoint));
    }
    if (!endpoints.isEmpty()) {
      properties.put("region.endpoints", pairs(endpoints));
    }
    settings.get(Setting.SUBPROTOCOL).ifPresent(value -> properties.put("subprotocol", value));
    putLong(properties, "ping.period", settings, Setting.PING_PERIOD);
    putLong(properties, "retry.delay", settings, Setting.RETRY_DELAY);
    settings
        .get(Setting.RETRY_DELAY)
        .map(Long::valueOf)
        .filter(delay -> delay > RETRY_MAX_DELAY)
        .ifPresent(delay -> properties.put("retry.max.delay", delay));
    putInteger(properties, "retry.count", settings, Setting.RETRY_COUNT);
    return properties;
  }

  private static Map<String, Object> streamBridge(LaunchPlan plan) {
    Settings settings = plan.settings();
    Map<String, Object> properties = new LinkedHashMap<>();
    if (plan.bindAddress() != null) {
      properties.put("bind.address", plan.bindAddress());
    }
    putInteger(properties, "tcp.retry.count", settings, Setting.TCP_RETRY_COUNT);
    putLong(properties, "tcp.retry.delay", settings, Setting.TCP_RETRY_DELAY);
    putInteger(properties, "max.payload", settings, Setting.MAX_PAYLOAD);
    putInteger(properties, "max.connections", settings, Setting.MAX_CONNECTIONS);
    // As in the reference: a mapping of the command line must be for a service of the tunnel.
    properties.put("strict.services", !plan.tunnel().services().isEmpty());
    return properties;
  }

  private static Map<String, Object> serviceMapping(LaunchPlan plan) {
    String key = plan.tunnel().mode() == TunnelMode.SOURCE ? "sources" : "destinations";
    return Map.of(key, pairs(plan.configuredServices()));
  }

  private static void putInteger(
      Map<String, Object> properties, String key, Settings settings, Setting setting) {
    settings.get(setting).ifPresent(value -> properties.put(key, Integer.valueOf(value)));
  }

  private static void putLong(
      Map<String, Object> properties, String key, Settings settings, Setting setting) {
    settings.get(setting).ifPresent(value -> properties.put(key, Long.valueOf(value)));
  }

  private static String[] pairs(Map<String, String> map) {
    return map.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .toArray(String[]::new);
  }
}
