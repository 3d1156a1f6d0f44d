// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.api.ProtocolVersion;
import io.culvert.api.Secret;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the configuration of one tunnel. */
public final class TunnelConfig {
  private TunnelConfig() {}

  /**
   * Reads what to open.
   *
   * @param properties what is configured, as {@link TunnelOcd} says.
   * @param defaultName the name of a tunnel that is given none.
   * @return what to open, null if it is not enabled.
   * @throws IllegalArgumentException if anything is wrong; the message names all of it.
   */
  public static @Nullable TunnelSpec parse(Map<String, ?> properties, String defaultName) {
    Values values = new Values(TunnelOcd.class, properties);
    boolean enabled = values.flag("enabled");
    String name = values.text("name");
    TunnelMode mode = values.parsed("mode", TunnelConfig::mode, true);
    String accessToken = values.text("access.token");
    String clientToken = values.text("client.token");
    ProtocolVersion version =
        "auto".equals(values.text("version"))
            ? null
            : values.parsed("version", TunnelConfig::version, true);
    Map<String, String> services =
        Mappings.read(
            values,
            "services",
            values.texts("services"),
            mode == TunnelMode.SOURCE ? Mappings::checkSource : Mappings::checkDestination);
    if (values.text("mode") == null) {
      values.problem("mode", null, "must be source or destination");
    }
    if (enabled && accessToken == null) {
      values.problem("access.token", null, "must be given");
    }
    values.check();
    if (!enabled || mode == null || accessToken == null) {
      return null;
    }
    return new TunnelSpec(
        name == null ? defaultName : name,
        mode,
        Secret.of(accessToken),
        clientToken == null ? null : Secret.of(clientToken),
        values.text("region"),
        values.text("endpoint"),
        services,
        version);
  }

  private static TunnelMode mode(String text) {
    for (TunnelMode mode : TunnelMode.values()) {
      if (mode.wireName().equals(text.toLowerCase(Locale.ROOT))) {
        return mode;
      }
    }
    throw new IllegalArgumentException("must be source or destination");
  }

  private static ProtocolVersion version(String text) {
    try {
      return ProtocolVersion.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be auto, V1, V2 or V3", e);
    }
  }
}
