// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.api.ProtocolVersion;
import io.culvert.api.Secret;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.config.Schema;
import io.culvert.config.Values;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one tunnel. Immutable.
 *
 * @param enabled whether the tunnel is to be open.
 * @param name its name, absent if it is given none.
 * @param mode which end this process is.
 * @param accessToken the access token, there if the tunnel is enabled.
 * @param clientToken the client token, absent to have one made.
 * @param region the AWS region, absent for that of the tunnel manager.
 * @param endpoint the service, absent for that of the tunnel manager.
 * @param services the mappings of this tunnel.
 * @param version the version to speak, absent to find out.
 */
public record TunnelConfig(
    boolean enabled,
    @Nullable String name,
    TunnelMode mode,
    @Nullable Secret accessToken,
    @Nullable Secret clientToken,
    @Nullable String region,
    @Nullable String endpoint,
    Map<String, String> services,
    @Nullable ProtocolVersion version) {

  /** How it is read; {@link TunnelOcd} says what there is. */
  public static final Schema<TunnelConfig> SCHEMA =
      new Schema<>(TunnelOcd.class, TunnelOcd.PID, TunnelConfig::read);

  private static TunnelConfig read(Values values) {
    String mode = values.option("mode");
    boolean source = "source".equals(mode);
    String version = values.option("version");
    TunnelConfig config =
        new TunnelConfig(
            values.flag("enabled"),
            values.text("name"),
            source ? TunnelMode.SOURCE : TunnelMode.DESTINATION,
            values.parsed("access.token", TunnelConfig::accessToken),
            values.parsed("client.token", TunnelConfig::clientToken),
            values.parsed("region", TunnelSettings::region),
            values.parsed("endpoint", TunnelConfig::endpoint),
            source
                ? Mappings.sources(values, "services")
                : Mappings.destinations(values, "services"),
            version == null || version.equals("auto") ? null : ProtocolVersion.valueOf(version));
    if (config.enabled && values.isEmpty("access.token")) {
      values.problem("access.token", null, "must be given, as the tunnel is enabled");
    }
    TunnelSettings.checkOnlyOne(values, config.region, config.endpoint);
    values.check();
    return config;
  }

  /**
   * Finds the name of a tunnel whose configuration may be wrong.
   *
   * @param properties what is configured.
   * @param defaultName the name of a tunnel that is given none.
   * @return the name.
   */
  public static String name(Map<String, ?> properties, String defaultName) {
    String name = SCHEMA.values(properties).text("name");
    return name == null ? defaultName : name;
  }

  /**
   * Finds which end a tunnel is whose configuration may be wrong.
   *
   * @param properties what is configured.
   * @return the mode, that of the default if it is wrong.
   */
  public static TunnelMode mode(Map<String, ?> properties) {
    String mode = SCHEMA.values(properties).option("mode");
    return "source".equals(mode) ? TunnelMode.SOURCE : TunnelMode.DESTINATION;
  }

  /**
   * Returns what to open.
   *
   * @param defaultName the name of a tunnel that is given none.
   * @return what to open, absent if it is not enabled.
   */
  public @Nullable TunnelSpec spec(String defaultName) {
    if (!enabled) {
      return null;
    }
    return new TunnelSpec(
        name == null ? defaultName : name,
        mode,
        Objects.requireNonNull(accessToken, "an enabled tunnel has a token"),
        clientToken,
        region,
        endpoint,
        services,
        version);
  }

  private static Secret accessToken(String text) {
    if (!TunnelSpec.isAccessToken(text)) {
      throw new IllegalArgumentException(TunnelSpec.ACCESS_TOKEN_RULE);
    }
    return Secret.of(text);
  }

  private static Secret clientToken(String text) {
    if (!TunnelSpec.isClientToken(text)) {
      throw new IllegalArgumentException(TunnelSpec.CLIENT_TOKEN_RULE);
    }
    return Secret.of(text);
  }

  private static String endpoint(String text) {
    TunnelSettings.endpoint(text);
    return text;
  }
}
