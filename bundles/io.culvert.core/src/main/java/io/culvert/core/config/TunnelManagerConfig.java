// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured of the tunnel manager. */
@ObjectClassDefinition(
    id = "io.culvert.TunnelManager",
    name = "Culvert tunnel manager",
    description = "Connects tunnels to AWS IoT Secure Tunneling and keeps them connected.")
public @interface TunnelManagerConfig {
  @AttributeDefinition(
      name = "Region",
      description =
          "AWS region of tunnels that name none, such as us-east-1. Exclusive with Endpoint.")
  String region() default "";

  @AttributeDefinition(
      name = "Endpoint",
      description =
          "Tunneling service of tunnels that name none, as host or host:port. Exclusive with"
              + " Region.")
  String endpoint() default "";

  @AttributeDefinition(
      name = "Endpoints of regions",
      description = "Exceptions from data.tunneling.iot.REGION.amazonaws.com, as REGION=host:port.")
  String[] region_endpoints() default {};

  @AttributeDefinition(
      name = "Subprotocol",
      description = "WebSocket subprotocols to offer, separated by commas.")
  String subprotocol() default ConnectSettings.DEFAULT_SUBPROTOCOL;

  @AttributeDefinition(
      name = "CA certificates",
      description =
          "PEM file or rehashed directory with CA certificates to trust besides those of the Java"
              + " runtime.")
  String ca_path() default "";

  @AttributeDefinition(
      name = "Verify certificate chain",
      description = "Switch off for tests only: without it anybody can play the service.")
  boolean tls_verify_chain() default true;

  @AttributeDefinition(
      name = "Verify host name",
      description = "Switch off for tests only: without it anybody can play the service.")
  boolean tls_verify_host() default true;

  @AttributeDefinition(
      name = "Web proxy",
      description =
          "http://[user:password@]host[:port] or https://…, default port 3128. Empty: what the"
              + " environment variable https_proxy says.",
      type = AttributeType.PASSWORD)
  String web_proxy() default "";

  @AttributeDefinition(
      name = "No web proxy for",
      description = "Hosts, domains and networks to reach directly, separated by commas.")
  String no_proxy() default "";

  @AttributeDefinition(
      name = "Web proxy from environment",
      description = "Whether https_proxy and no_proxy count where no web proxy is configured.")
  boolean web_proxy_environment() default true;

  @AttributeDefinition(
      name = "Connect time-out (ms)",
      description = "Longest time for name look-up and TCP connect together.",
      min = "100",
      max = "600000")
  long connect_timeout() default 10_000;

  @AttributeDefinition(
      name = "Web proxy time-out (ms)",
      description = "Longest time for the web proxy's answer.",
      min = "100",
      max = "600000")
  long proxy_timeout() default 10_000;

  @AttributeDefinition(
      name = "TLS time-out (ms)",
      description = "Longest time for a TLS handshake.",
      min = "100",
      max = "600000")
  long tls_timeout() default 10_000;

  @AttributeDefinition(
      name = "Upgrade time-out (ms)",
      description = "Longest time for the answer to the WebSocket upgrade.",
      min = "100",
      max = "600000")
  long upgrade_timeout() default 10_000;

  @AttributeDefinition(
      name = "Services time-out (ms)",
      description = "Longest time until the service has named the services of the tunnel.",
      min = "100",
      max = "600000")
  long services_timeout() default 10_000;

  @AttributeDefinition(
      name = "Ping period (ms)",
      description =
          "Time between pings. A WebSocket that brought nothing for three periods is given up.",
      min = "100",
      max = "3600000")
  long ping_period() default 20_000;

  @AttributeDefinition(
      name = "First retry delay (ms)",
      description = "Delay before the first new attempt; it doubles from one attempt to the next.",
      min = "1",
      max = "3600000")
  long retry_delay() default 1000;

  @AttributeDefinition(
      name = "Longest retry delay (ms)",
      description = "Where the doubling ends; each delay is longer or shorter by up to a quarter.",
      min = "1",
      max = "86400000")
  long retry_max_delay() default 60_000;

  @AttributeDefinition(
      name = "Retries",
      description =
          "Attempts after a failed one before the tunnel fails; -1 tries without end. A connection"
              + " that was of use sets the count back.",
      min = "-1",
      max = "1000000")
  int retry_count() default -1;

  @AttributeDefinition(
      name = "State directory",
      description =
          "Where client tokens are kept, so that a restarted process can use its access token"
              + " again. Empty: where the framework property io.culvert.state.dir says, else not"
              + " kept.")
  String state_dir() default "";

  @AttributeDefinition(
      name = "Largest WebSocket payload (bytes)",
      description = "Longer frames from the service are a protocol violation.",
      min = "65537",
      max = "16777216")
  int max_frame() default ConnectSettings.DEFAULT_MAX_WEB_SOCKET_PAYLOAD;
}
