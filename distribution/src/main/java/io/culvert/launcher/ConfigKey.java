// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import java.util.Map;

/**
 * The keys of configurations that options and settings of the reference become, in the order in
 * which files show them. The components have more; their metatype says which.
 */
public enum ConfigKey {
  REGION(Pid.TUNNEL_MANAGER, "region"),
  ENDPOINT(Pid.TUNNEL_MANAGER, "endpoint"),
  REGION_ENDPOINTS(Pid.TUNNEL_MANAGER, "region.endpoints"),
  SUBPROTOCOL(Pid.TUNNEL_MANAGER, "subprotocol"),
  CA_PATH(Pid.TUNNEL_MANAGER, "ca.path"),
  VERIFY_CHAIN(Pid.TUNNEL_MANAGER, "tls.verify.chain"),
  VERIFY_HOST(Pid.TUNNEL_MANAGER, "tls.verify.host"),
  PING_PERIOD(Pid.TUNNEL_MANAGER, "ping.period"),
  RETRY_DELAY(Pid.TUNNEL_MANAGER, "retry.delay"),
  RETRY_MAX_DELAY(Pid.TUNNEL_MANAGER, "retry.max.delay"),
  RETRY_COUNT(Pid.TUNNEL_MANAGER, "retry.count"),
  STATE_DIR(Pid.TUNNEL_MANAGER, "state.dir"),
  BIND_ADDRESS(Pid.STREAM_BRIDGE, "bind.address"),
  TCP_RETRY_COUNT(Pid.STREAM_BRIDGE, "tcp.retry.count"),
  TCP_RETRY_DELAY(Pid.STREAM_BRIDGE, "tcp.retry.delay"),
  MAX_PAYLOAD(Pid.STREAM_BRIDGE, "max.payload"),
  MAX_CONNECTIONS(Pid.STREAM_BRIDGE, "max.connections"),
  STRICT_SERVICES(Pid.STREAM_BRIDGE, "strict.services"),
  DESTINATIONS(Pid.SERVICE_MAPPING, "destinations"),
  SOURCES(Pid.SERVICE_MAPPING, "sources"),
  MODE(Pid.TUNNEL, "mode"),
  ACCESS_TOKEN(Pid.TUNNEL, "access.token"),
  CLIENT_TOKEN(Pid.TUNNEL, "client.token"),
  SERVICES(Pid.TUNNEL, "services"),
  VERSION(Pid.TUNNEL, "version");

  /** The PIDs; that of a tunnel is a factory's. */
  public static final class Pid {
    public static final String TUNNEL_MANAGER = "io.culvert.TunnelManager";
    public static final String STREAM_BRIDGE = "io.culvert.StreamBridge";
    public static final String SERVICE_MAPPING = "io.culvert.ServiceMappingConfig";
    public static final String TUNNEL = "io.culvert.Tunnel";

    private Pid() {}
  }

  private final String pid;
  private final String key;

  ConfigKey(String pid, String key) {
    this.pid = pid;
    this.key = key;
  }

  /** Returns the PID of the configuration. */
  public String pid() {
    return pid;
  }

  /** Returns the key in the configuration. */
  public String key() {
    return key;
  }

  /** Returns whether the value must never be shown. */
  public boolean isSecret() {
    return this == ACCESS_TOKEN || this == CLIENT_TOKEN;
  }

  /**
   * Returns entries as values of a list hold them.
   *
   * @param entries the entries; one with an empty name is its value alone.
   */
  public static String[] pairs(Map<String, String> entries) {
    return entries.entrySet().stream()
        .map(
            entry ->
                entry.getKey().isEmpty()
                    ? entry.getValue()
                    : entry.getKey() + "=" + entry.getValue())
        .toArray(String[]::new);
  }
}
