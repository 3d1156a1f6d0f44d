// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.core.net.HostPort;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How tunnels are connected and kept connected. Immutable.
 *
 * @param region the region of tunnels that name none.
 * @param endpoint the endpoint of tunnels that name none.
 * @param regionEndpoints endpoints of regions that do not follow the rule.
 * @param connect how the service is reached.
 * @param servicesTimeout the longest time until the service has named the services.
 * @param pingPeriod time between pings.
 * @param retryDelay the delay before the first new attempt.
 * @param retryMaxDelay the longest delay between attempts.
 * @param retryCount attempts after a failed one, -1 without end.
 * @param stateDirectory where client tokens are kept, null if they are not.
 */
public record TunnelSettings(
    @Nullable String region,
    @Nullable HostPort endpoint,
    Map<String, HostPort> regionEndpoints,
    ConnectSettings connect,
    Duration servicesTimeout,
    Duration pingPeriod,
    Duration retryDelay,
    Duration retryMaxDelay,
    int retryCount,
    @Nullable Path stateDirectory) {

  /** The port of the service where none is given. */
  public static final int DEFAULT_PORT = 443;

  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]+");

  /** Copies the map. */
  public TunnelSettings {
    regionEndpoints = Map.copyOf(regionEndpoints);
  }

  /**
   * Reads the settings.
   *
   * @param properties what is configured, as {@link TunnelManagerConfig} says.
   * @return the settings.
   * @throws IllegalArgumentException if anything is wrong; the message names all of it.
   */
  public static TunnelSettings parse(Map<String, ?> properties) {
    Values values = new Values(TunnelManagerConfig.class, properties);
    String noProxy = values.text("no.proxy");
    String subprotocol = values.parsed("subprotocol", ConnectSettings::checkedSubprotocol, true);
    ConnectSettings connect =
        new ConnectSettings(
            subprotocol == null ? ConnectSettings.DEFAULT_SUBPROTOCOL : subprotocol,
            values.millis("connect.timeout", 100, 600_000),
            values.millis("proxy.timeout", 100, 600_000),
            values.millis("tls.timeout", 100, 600_000),
            values.millis("upgrade.timeout", 100, 600_000),
            values.parsed("ca.path", TunnelSettings::path, true),
            values.flag("tls.verify.chain"),
            values.flag("tls.verify.host"),
            values.parsed(
                "web.proxy", url -> WebProxy.parse(url, noProxy == null ? "" : noProxy), false),
            values.flag("web.proxy.environment"),
            values.integer("max.frame", 65_537, 16 << 20));
    TunnelSettings settings =
        new TunnelSettings(
            values.parsed("region", TunnelSettings::checkedRegion, true),
            values.parsed("endpoint", TunnelSettings::endpoint, true),
            regionEndpoints(values),
            connect,
            values.millis("services.timeout", 100, 600_000),
            values.millis("ping.period", 100, 3_600_000),
            values.millis("retry.delay", 1, 3_600_000),
            values.millis("retry.max.delay", 1, 86_400_000),
            values.integer("retry.count", -1, 1_000_000),
            values.parsed("state.dir", TunnelSettings::path, true));
    if (settings.region != null && settings.endpoint != null) {
      values.problem(
          "region",
          settings.region,
          "only one of region and endpoint is allowed, endpoint is " + settings.endpoint);
    }
    values.check();
    return settings;
  }

  /**
   * Finds the service.
   *
   * @param region the tunnel's region, null for the configured one.
   * @param endpoint the tunnel's endpoint, null for the configured one.
   * @return where to connect to.
   * @throws IllegalArgumentException if neither the tunnel nor the configuration says it.
   */
  public HostPort service(@Nullable String region, @Nullable String endpoint) {
    if (endpoint != null) {
      return checked("endpoint", endpoint);
    }
    if (region != null) {
      return ofRegion(region);
    }
    if (this.endpoint != null) {
      return this.endpoint;
    }
    if (this.region != null) {
      return ofRegion(this.region);
    }
    throw new IllegalArgumentException(
        "region, endpoint: one of them must be given, such as region us-east-1");
  }

  private HostPort ofRegion(String region) {
    HostPort exception = regionEndpoints.get(region);
    if (exception != null) {
      return exception;
    }
    String domain = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
    return new HostPort("data.tunneling.iot." + region + domain, DEFAULT_PORT);
  }

  private static Map<String, HostPort> regionEndpoints(Values values) {
    Map<String, HostPort> endpoints = new LinkedHashMap<>();
    for (String text : values.texts("region.endpoints")) {
      int equals = text.indexOf('=');
      try {
        endpoints.put(
            checkedRegion(text.substring(0, Math.max(equals, 0)).trim()),
            endpoint(text.substring(equals + 1).trim()));
      } catch (IllegalArgumentException e) {
        values.problem("region.endpoints", text, "must be REGION=host:port");
      }
    }
    return endpoints;
  }

  private static HostPort checked(String key, String text) {
    try {
      return endpoint(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + " '" + text + "': " + e.getMessage(), e);
    }
  }

  private static HostPort endpoint(String text) {
    try {
      HostPort endpoint = HostPort.parse(text.toLowerCase(Locale.ROOT), null, DEFAULT_PORT);
      if (endpoint.port() > 0) {
        return endpoint;
      }
    } catch (IllegalArgumentException e) {
      // Answered below, together with port 0.
    }
    throw new IllegalArgumentException("must be host or host:port with a port of 1 to 65535");
  }

  private static String checkedRegion(String text) {
    if (!REGION.matcher(text).matches()) {
      throw new IllegalArgumentException("must look like us-east-1 (" + REGION + ")");
    }
    return text;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("must be a valid path: " + e.getReason(), e);
    }
  }
}
