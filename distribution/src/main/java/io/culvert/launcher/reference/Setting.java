// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fine-grained settings of the reference that mean something here, with our default. Those that
 * tune buffers which do not exist here are {@linkplain #whyWithoutEffect(String) without effect}.
 */
public enum Setting {
  /** Where a source listens unless {@code --local-bind-address} says so. */
  DEFAULT_BIND_ADDRESS("default_bind_address", SettingRule.ADDRESS, "localhost"),
  /** The host name of the service in a region. */
  ENDPOINT_FORMAT("endpoint_format", SettingRule.ENDPOINT_FORMAT, null),
  /** How often a local connect or bind is repeated; -1 is for ever. */
  TCP_RETRY_COUNT("tcp.connection_retry_count", SettingRule.COUNT, "5"),
  /** The pause before a local connect or bind is repeated. */
  TCP_RETRY_DELAY("tcp.connection_retry_delay_ms", SettingRule.LOCAL_DELAY, "2500"),
  /** The connections that a tunnel may have open. */
  MAX_CONNECTIONS("tcp.max_active_connections", SettingRule.CONNECTIONS, "1024"),
  /** The most payload bytes in a message that we send. */
  MAX_PAYLOAD("message.max_payload_size", SettingRule.PAYLOAD, "64512"),
  /** The pause between WebSocket pings. */
  PING_PERIOD("websocket.ping_period_ms", SettingRule.PERIOD, "20000"),
  /** The first pause before the WebSocket is tried again. */
  RETRY_DELAY("websocket.retry_delay_ms", SettingRule.DELAY, "1000"),
  /** How often the WebSocket is tried again; -1 is for ever. */
  RETRY_COUNT("websocket.connect_retry_count", SettingRule.COUNT, "-1"),
  /** The WebSocket subprotocol that is offered. */
  SUBPROTOCOL("websocket.subprotocol", SettingRule.SUBPROTOCOL, "aws.iot.securetunneling-3.0");

  /** What every key begins with. */
  public static final String PREFIX = "tunneling.proxy.";

  /** What the keys of the table of endpoints by region begin with. */
  public static final String REGION_ENDPOINTS = PREFIX + "region_endpoint_overrides.";

  private final String key;
  private final SettingRule rule;
  private final @Nullable String defaultValue;

  Setting(String key, SettingRule rule, @Nullable String defaultValue) {
    this.key = PREFIX + key;
    this.rule = rule;
    this.defaultValue = defaultValue;
  }

  /**
   * Returns the key with dots between the levels.
   *
   * @return the key.
   */
  public String key() {
    return key;
  }

  /**
   * Returns our default.
   *
   * @return the default as text, if there is one.
   */
  public Optional<String> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  /**
   * Checks a value.
   *
   * @param value the value.
   * @return what is allowed, if the value is not.
   */
  public Optional<String> problem(String value) {
    return rule.accepts(value) ? Optional.empty() : Optional.of(rule.allowed());
  }

  /**
   * Finds a setting by its key.
   *
   * @param key the key with dots.
   * @return the setting, if there is one.
   */
  public static Optional<Setting> byKey(String key) {
    for (Setting setting : values()) {
      if (setting.key.equals(key)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }

  /**
   * Says why a key that the reference knows has no meaning here.
   *
   * @param key the key with dots.
   * @return the reason, to follow "it", if it is such a key.
   */
  public static Optional<String> whyWithoutEffect(String key) {
    if (!key.startsWith(PREFIX)) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        switch (key.substring(PREFIX.length())) {
          case "message.data_length_size", "message.data_frame_max_size", "message.max_size" ->
              "has no effect: the protocol fixes it";
          case "tcp.read_buffer_size",
              "tcp.write_buffer_size",
              "websocket.read_buffer_size",
              "websocket.write_buffer_size" ->
              "has no effect: there is no such buffer; buffer.connection and buffer.tunnel of"
                  + " io.culvert.StreamBridge are the bounds";
          case "websocket.max_frame_size" ->
              "has no effect: max.frame of io.culvert.TunnelManager is the bound";
          case "websocket.reconnect_on_data_error" ->
              "has no effect: Culvert always connects again";
          default -> null;
        });
  }
}
