// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured of the tunnel manager. */
@ObjectClassDefinition(
    id = TunnelManagerOcd.PID,
    name = "Culvert tunnel manager",
    description = "How tunnels reach AWS IoT Secure Tunneling, and how they stay connected.",
    icon = @Icon(resource = "OSGI-INF/icon/culvert.svg", size = 32))
public @interface TunnelManagerOcd {
  /** The PID. */
  String PID = "io.culvert.TunnelManager";

  @AttributeDefinition(
      name = "Region",
      description =
          "AWS region of tunnels that name neither region nor endpoint, such as us-east-1. Not"
              + " together with Endpoint.",
      required = false)
  String region() default "";

  @AttributeDefinition(
      name = "Endpoint",
      description =
          "Tunneling service of such tunnels, as host, host:port or [IPv6]:port; port 443 unless"
              + " given. Not together with Region.",
      required = false)
  String endpoint() default "";

  @AttributeDefinition(
      name = "Endpoints of regions",
      description =
          "Regions whose tunneling service is not at"
              + " data.tunneling.iot.REGION.amazonaws.com (.amazonaws.com.cn where the region"
              + " begins with cn-), such as behind a private endpoint: each as REGION=host,"
              + " REGION=host:port or REGION=[IPv6]:port, such as"
              + " us-east-1=tunneling.example:8443; port 443 unless given.",
      required = false)
  String[] region_endpoints() default {};

  @AttributeDefinition(
      name = "Subprotocol",
      description =
          "Names that the WebSocket handshake offers to the service, separated by commas."
              + " AWS needs the default; change it only for another service that asks for another"
              + " name. It does not choose the protocol version. Default"
              + " aws.iot.securetunneling-3.0.")
  String subprotocol() default ConnectSettings.DEFAULT_SUBPROTOCOL;

  @AttributeDefinition(
      name = "CA certificates",
      description =
          "CA certificates to trust besides those of the Java runtime: a PEM file, or a folder"
              + " with *.pem, *.crt or the names of openssl rehash. Read again when a file has"
              + " changed. A path where nothing is yet, such as before a mount, is only warned"
              + " of; but a tunnel that tries to connect then fails with CLV-CONFIG, and does not"
              + " come back by itself when the file does.",
      required = false)
  String ca_path() default "";

  @AttributeDefinition(
      name = "Verify certificate chain",
      description =
          "Whether the certificate must come from a trusted CA. Off is for tests only: anybody"
              + " could play the service. Default true.")
  boolean tls_verify_chain() default true;

  @AttributeDefinition(
      name = "Verify host name",
      description =
          "Whether the certificate must be for the host. Off is for tests only: anybody could"
              + " play the service. Default true.")
  boolean tls_verify_host() default true;

  @AttributeDefinition(
      name = "Web proxy",
      description =
          "http:// or https://, then user:password@ if needed, then host or host:port; port 3128"
              + " unless given. User and password are percent-encoded. Empty: none, or the one of the"
              + " environment.",
      type = AttributeType.PASSWORD,
      required = false)
  String web_proxy() default "";

  @AttributeDefinition(
      name = "No web proxy for",
      description =
          "What to reach without the web proxy: hosts, domains, addresses or CIDR blocks,"
              + " separated by commas, or *. A name covers the names below it.",
      required = false)
  String no_proxy() default "";

  @AttributeDefinition(
      name = "Web proxy from environment",
      description =
          "Whether https_proxy, else HTTPS_PROXY, counts where no web proxy is configured, with"
              + " no_proxy, else NO_PROXY. Default true.")
  boolean web_proxy_environment() default true;

  @AttributeDefinition(
      name = "Connect time-out (ms)",
      description = "Longest time for name look-up and TCP together. 100 to 600000, default 10000.",
      min = "100",
      max = "600000")
  long connect_timeout() default 10_000;

  @AttributeDefinition(
      name = "Web proxy time-out (ms)",
      description = "Longest time for the web proxy's answer. 100 to 600000, default 10000.",
      min = "100",
      max = "600000")
  long proxy_timeout() default 10_000;

  @AttributeDefinition(
      name = "TLS time-out (ms)",
      description = "Longest time for a TLS handshake. 100 to 600000, default 10000.",
      min = "100",
      max = "600000")
  long tls_timeout() default 10_000;

  @AttributeDefinition(
      name = "Upgrade time-out (ms)",
      description =
          "Longest time for the answer to the WebSocket upgrade. 100 to 600000, default 10000.",
      min = "100",
      max = "600000")
  long upgrade_timeout() default 10_000;

  @AttributeDefinition(
      name = "Services time-out (ms)",
      description =
          "Longest time until the service has named the tunnel's services. 100 to 600000, default"
              + " 10000.",
      min = "100",
      max = "600000")
  long services_timeout() default 10_000;

  @AttributeDefinition(
      name = "Ping period (ms)",
      description =
          "Time between pings. Silence of three periods ends the WebSocket, if pings had been"
              + " answered. While much that was sent is stuck it takes a path that is dead for TCP,"
              + " too. 100 to 3600000, default 20000.",
      min = "100",
      max = "3600000")
  long ping_period() default 20_000;

  @AttributeDefinition(
      name = "First retry delay (ms)",
      description =
          "Delay before the first new attempt; it doubles from one attempt to the next. At"
              + " most retry.max.delay. 1 to 3600000, default 1000.",
      min = "1",
      max = "3600000")
  long retry_delay() default 1000;

  @AttributeDefinition(
      name = "Longest retry delay (ms)",
      description = "Where the doubling ends. At least retry.delay. 1 to 86400000, default 60000.",
      min = "1",
      max = "86400000")
  long retry_max_delay() default 60_000;

  @AttributeDefinition(
      name = "Retry jitter (%)",
      description =
          "By how much each delay is longer or shorter by chance, so that not all gateways come"
              + " at once. 0 to 90, default 25.",
      min = "0",
      max = "90")
  int retry_jitter() default 25;

  @AttributeDefinition(
      name = "Retries",
      description =
          "How often a tunnel tries again after a failure, before it fails for good with"
              + " CLV-RETRIES. -1: without end, as suits a gateway that must come back by itself;"
              + " 0: never. A connection that brought data or lasted 30 s begins the count anew."
              + " -1 to 1000000, default -1.",
      min = "-1",
      max = "1000000")
  int retry_count() default -1;

  @AttributeDefinition(
      name = "State directory",
      description =
          "Where client tokens are kept, so that a restarted process can use its access token"
              + " again. Empty: in Kura the folder culvert in its data directory, elsewhere what the"
              + " framework property io.culvert.state.dir says, else nowhere."
              + " Applies to tunnels that are opened afterwards.",
      required = false)
  String state_dir() default "";

  @AttributeDefinition(
      name = "Largest WebSocket payload (bytes)",
      description =
          "Longer frames from the service break the protocol. 65537 to 16777216, default 131076.",
      min = "65537",
      max = "16777216")
  int max_frame() default ConnectSettings.DEFAULT_MAX_WEB_SOCKET_PAYLOAD;
}
