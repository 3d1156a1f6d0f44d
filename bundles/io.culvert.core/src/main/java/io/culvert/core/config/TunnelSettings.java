// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelSpec;
import io.culvert.config.ConfigurationException;
import io.culvert.config.HostPort;
import io.culvert.config.Schema;
import io.culvert.config.Values;
import io.culvert.config.WebProxy;
import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
 * @param retry when attempts to connect follow a failed one.
 * @param stateDirectory where client tokens are kept, null if they are not.
 */
public record TunnelSettings(
    @Nullable String region,
    @Nullable HostPort endpoint,
    Map<String, HostPort> regionEndpoints,
    ConnectSettings connect,
    Duration servicesTimeout,
    Duration pingPeriod,
    RetrySettings retry,
    @Nullable Path stateDirectory) {

  /** The port of the service where none is given. */
  public static final int DEFAULT_PORT = 443;

  /** How it is read; {@link TunnelManagerOcd} says what there is. */
  public static final Schema<TunnelSettings> SCHEMA =
      new Schema<>(TunnelManagerOcd.class, TunnelManagerOcd.PID, TunnelSettings::read);

  /** Copies the map. */
  public TunnelSettings {
    regionEndpoints = Map.copyOf(regionEndpoints);
  }

  private static TunnelSettings read(Values values) {
    String noProxy = values.text("no.proxy");
    String subprotocol = values.parsed("subprotocol", ConnectSettings::checkedSubprotocol);
    ConnectSettings connect =
        new ConnectSettings(
            subprotocol == null ? ConnectSettings.DEFAULT_SUBPROTOCOL : subprotocol,
            values.millis("connect.timeout"),
            values.millis("proxy.timeout"),
            values.millis("tls.timeout"),
            values.millis("upgrade.timeout"),
            values.parsed("ca.path", TunnelSettings::path),
            values.flag("tls.verify.chain"),
            values.flag("tls.verify.host"),
            values.parsed("web.proxy", url -> WebProxy.parse(url, noProxy == null ? "" : noProxy)),
            values.flag("web.proxy.environment"),
            values.integer("max.frame"));
    TunnelSettings settings =
        new TunnelSettings(
            values.parsed("region", TunnelSettings::region),
            values.parsed("endpoint", TunnelSettings::endpoint),
            regionEndpoints(values),
            connect,
            values.millis("services.timeout"),
            values.millis("ping.period"),
            RetrySettings.read(values),
            values.parsed("state.dir", TunnelSettings::path));
    checkOnlyOne(values, settings.region, settings.endpoint);
    if (connect.verifyChain()) {
      checkAuthorities(values, connect.extraCa());
    }
    values.check();
    return settings;
  }

  /** No refusal: what is not there may come later, such as with a mount. */
  private static void checkAuthorities(Values values, @Nullable Path path) {
    if (path == null) {
      return;
    }
    try {
      path.getFileSystem().provider().checkAccess(path, AccessMode.READ);
    } catch (IOException e) {
      String why =
          e instanceof NoSuchFileException ? "does not exist" : "may not be read by this process";
      values.warning(
          "ca.path",
          path.toString(),
          why
              + "; while that is so, a tunnel that tries to connect fails with "
              + ErrorCode.CONFIGURATION);
    }
  }

  /** Region and endpoint are two ways to say the same. */
  static void checkOnlyOne(Values values, @Nullable Object region, @Nullable Object endpoint) {
    if (region != null && endpoint != null) {
      values.problem(
          "region",
          region.toString(),
          "only one of region and endpoint is allowed, and endpoint is " + endpoint);
    }
  }

  /**
   * Finds the service.
   *
   * @param region the tunnel's region, null for the configured one.
   * @param endpoint the tunnel's endpoint, null for the configured one.
   * @return where to connect to.
   * @throws ConfigurationException if neither the tunnel nor the configuration says it.
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
    throw new ConfigurationException(
        "region, endpoint", null, "one of them must be given, such as region us-east-1");
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
        String region = region(text.substring(0, Math.max(equals, 0)).trim());
        HostPort before = endpoints.put(region, endpoint(text.substring(equals + 1).trim()));
        if (before != null) {
          values.problem("region.endpoints", text, "the region already has " + before);
        }
      } catch (IllegalArgumentException e) {
        values.problem(
            "region.endpoints",
            text,
            "must be REGION=host, REGION=host:port or REGION=[IPv6]:port, such as"
                + " us-east-1=tunneling.example:8443");
      }
    }
    return endpoints;
  }

  private static HostPort checked(String key, String text) {
    try {
      return endpoint(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(key, text, String.valueOf(e.getMessage()));
    }
  }

  static HostPort endpoint(String text) {
    try {
      HostPort endpoint = HostPort.parse(text.toLowerCase(Locale.ROOT), null, DEFAULT_PORT);
      if (endpoint.port() > 0) {
        return endpoint;
      }
    } catch (IllegalArgumentException e) {
      // Answered below, together with port 0.
    }
    throw new IllegalArgumentException(
        "must be host, host:port or [IPv6]:port, with a port of 1 to 65535 and no https:// before"
            + " it");
  }

  static String region(String text) {
    if (!TunnelSpec.isRegion(text)) {
      throw new IllegalArgumentException(TunnelSpec.REGION_RULE);
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
