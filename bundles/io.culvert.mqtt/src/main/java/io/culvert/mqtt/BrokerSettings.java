// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import io.culvert.config.Values;
import io.culvert.config.WebProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a broker is reached. Immutable.
 *
 * @param address where it is.
 * @param keys how the gateway shows who it is.
 * @param extraCa a PEM file or a rehashed directory with CA certificates that are trusted besides
 *     those of the JDK.
 * @param webProxy the web proxy to go through.
 * @param proxyFromEnvironment whether the environment may name a web proxy if {@code webProxy} is
 *     absent.
 * @param timeout the longest time for each step to get there, and for each answer.
 */
record BrokerSettings(
    BrokerAddress address,
    KeyFiles keys,
    @Nullable Path extraCa,
    @Nullable WebProxy webProxy,
    boolean proxyFromEnvironment,
    Duration timeout) {

  /** Reads them for a broker; what is wrong is collected whether there is one or not. */
  static @Nullable BrokerSettings read(Values values) {
    @Nullable BrokerAddress address = address(values);
    KeyFiles keys = KeyFiles.read(values);
    @Nullable Path extraCa = values.parsed("ca.path", Path::of);
    @Nullable String noProxy = values.text("no.proxy");
    @Nullable WebProxy webProxy =
        values.parsed("web.proxy", url -> WebProxy.parse(url, noProxy == null ? "" : noProxy));
    boolean fromEnvironment = values.flag("web.proxy.environment");
    Duration timeout = values.millis("connect.timeout");
    return address == null
        ? null
        : new BrokerSettings(address, keys, extraCa, webProxy, fromEnvironment, timeout);
  }

  private static @Nullable BrokerAddress address(Values values) {
    String text = values.text("broker");
    if (text != null && text.indexOf('@') >= 0) {
      // It may hold a password.
      values.problem("broker", null, "must not hold credentials: there are user and password");
      return null;
    }
    return values.parsed("broker", BrokerAddress::parse);
  }

  /**
   * Finds the web proxy on the way.
   *
   * @param environment the environment variables; a broker on this machine without TLS is none of
   *     their business.
   * @return the proxy, empty for the direct way.
   * @throws IllegalArgumentException if the environment names a proxy that makes no sense.
   */
  Optional<WebProxy> proxy(Map<String, String> environment) {
    Optional<WebProxy> proxy = Optional.ofNullable(webProxy);
    if (proxy.isEmpty() && proxyFromEnvironment && address.tls()) {
      proxy = WebProxy.fromEnvironment(environment);
    }
    return proxy.filter(it -> !it.bypasses(address.at()));
  }
}
