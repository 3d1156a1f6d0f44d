// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.config.HostPort;
import io.culvert.config.WebProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the service is reached. Immutable.
 *
 * @param subprotocol the WebSocket subprotocols to offer, several separated by commas.
 * @param connectTimeout the longest time for name look-up and TCP together.
 * @param proxyTimeout the longest time for the web proxy's answer.
 * @param tlsTimeout the longest time for a TLS handshake.
 * @param upgradeTimeout the longest time for the answer to the WebSocket upgrade.
 * @param extraCa a PEM file or a rehashed directory with CA certificates that are trusted besides
 *     those of the JDK.
 * @param verifyChain whether the certificate must come from a trusted CA.
 * @param verifyHost whether the certificate must be for the host that was asked for.
 * @param webProxy the web proxy to go through.
 * @param proxyFromEnvironment whether the environment may name a web proxy if {@code webProxy} is
 *     absent.
 * @param maxWebSocketPayload the longest payload of one WebSocket frame to accept, in bytes.
 */
public record ConnectSettings(
    String subprotocol,
    Duration connectTimeout,
    Duration proxyTimeout,
    Duration tlsTimeout,
    Duration upgradeTimeout,
    @Nullable Path extraCa,
    boolean verifyChain,
    boolean verifyHost,
    @Nullable WebProxy webProxy,
    boolean proxyFromEnvironment,
    int maxWebSocketPayload) {

  /** Offered whatever version is spoken: the versions are message shapes. */
  public static final String DEFAULT_SUBPROTOCOL = "aws.iot.securetunneling-3.0";

  /** The largest WebSocket payload that the service sends. */
  public static final int DEFAULT_MAX_WEB_SOCKET_PAYLOAD = 131_076;

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  /** Checks the values. */
  public ConnectSettings {
    try {
      checkedSubprotocol(subprotocol);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("subprotocol '" + subprotocol + "': " + e.getMessage(), e);
    }
    checkTimeout("connect time-out", connectTimeout);
    checkTimeout("proxy time-out", proxyTimeout);
    checkTimeout("TLS time-out", tlsTimeout);
    checkTimeout("upgrade time-out", upgradeTimeout);
    if (maxWebSocketPayload < 1) {
      throw new IllegalArgumentException(
          "largest WebSocket payload '" + maxWebSocketPayload + "': must be at least 1");
    }
  }

  /**
   * Returns the settings that apply where nothing else is said.
   *
   * @return the defaults: everything verified, a web proxy only if the environment names one.
   */
  public static ConnectSettings defaults() {
    return new ConnectSettings(
        DEFAULT_SUBPROTOCOL,
        DEFAULT_TIMEOUT,
        DEFAULT_TIMEOUT,
        DEFAULT_TIMEOUT,
        DEFAULT_TIMEOUT,
        null,
        true,
        true,
        null,
        true,
        DEFAULT_MAX_WEB_SOCKET_PAYLOAD);
  }

  /**
   * Returns the subprotocols one by one.
   *
   * @return the subprotocols to offer, at least one.
   */
  public List<String> subprotocols() {
    return split(subprotocol);
  }

  /**
   * Finds the web proxy on the way to a host.
   *
   * @param target where to go.
   * @param environment the environment variables.
   * @return the proxy, empty for the direct way.
   * @throws IllegalArgumentException if the environment names a proxy that makes no sense.
   */
  public Optional<WebProxy> proxyFor(HostPort target, Map<String, String> environment) {
    Optional<WebProxy> proxy = Optional.ofNullable(webProxy);
    if (proxy.isEmpty() && proxyFromEnvironment) {
      proxy = WebProxy.fromEnvironment(environment);
    }
    return proxy.filter(it -> !it.bypasses(target));
  }

  /** Returns the subprotocols as they are, if they are names. */
  static String checkedSubprotocol(String subprotocol) {
    List<String> offered = split(subprotocol);
    if (offered.isEmpty() || !offered.stream().allMatch(name -> TOKEN.matcher(name).matches())) {
      throw new IllegalArgumentException(
          "must be one name or several separated by commas; a name may have letters, digits and"
              + " !#$%&'*+-.^_`|~");
    }
    return subprotocol;
  }

  private static List<String> split(String subprotocol) {
    return Stream.of(subprotocol.split(",")).map(String::trim).filter(s -> !s.isEmpty()).toList();
  }

  private static void checkTimeout(String name, Duration value) {
    if (value.isNegative() || value.isZero() || value.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          name + " '" + value + "': must be more than 0 and at most 1 hour");
    }
  }
}
