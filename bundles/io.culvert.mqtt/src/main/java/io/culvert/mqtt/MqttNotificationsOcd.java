// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured of the notifications that come over an own MQTT connection. */
@ObjectClassDefinition(
    id = MqttNotificationsOcd.PID,
    name = "Culvert notifications over MQTT",
    description =
        "The connection to AWS IoT Core over which tunnel notifications come, which open tunnels."
            + " Without a broker there is none.",
    icon = @Icon(resource = "OSGI-INF/icon/culvert.svg", size = 32))
@interface MqttNotificationsOcd {
  /** The PID. */
  String PID = "io.culvert.MqttNotifications";

  @AttributeDefinition(
      name = "Enabled",
      description = "Whether there is a connection, if a broker is set. Default true.")
  boolean enabled() default true;

  @AttributeDefinition(
      name = "Broker",
      description =
          "The device data endpoint of AWS IoT Core, such as"
              + " abc123-ats.iot.us-east-1.amazonaws.com, as host, host:port or [IPv6]:port; port"
              + " 8883 unless given. On port 443 ALPN asks for MQTT. Another broker will do, too:"
              + " one on this machine may be mqtt://localhost:1883, without TLS.",
      required = false)
  String broker() default "";

  @AttributeDefinition(
      name = "Thing",
      description =
          "The name of the gateway's thing in AWS IoT, whose notifications are subscribed to:"
              + " letters, digits, : _ and -, 128 at most. Needed with a broker.",
      required = false)
  String thing() default "";

  @AttributeDefinition(
      name = "Client id",
      description =
          "By which the broker knows the connection; one of another with the same id ends."
              + " Empty: the thing. Printable ASCII without spaces, + # and /, 128 characters at most.",
      required = false)
  String client_id() default "";

  @AttributeDefinition(
      name = "Certificate",
      description =
          "PEM file with the thing's certificate, and those of its CA if the broker needs them."
              + " Together with Private key. Read for each connection.",
      required = false)
  String certificate() default "";

  @AttributeDefinition(
      name = "Private key",
      description =
          "PEM file with the private key of the certificate, as AWS IoT hands it out or as PKCS #8,"
              + " without a password.",
      required = false)
  String private_key() default "";

  @AttributeDefinition(
      name = "Key store",
      description = "PKCS #12 file with certificate and private key, instead of the two PEM files.",
      required = false)
  String key_store() default "";

  @AttributeDefinition(
      name = "Password of the key store",
      description = "Password of the PKCS #12 file.",
      type = AttributeType.PASSWORD,
      required = false)
  String key_store_password() default "";

  @AttributeDefinition(
      name = "CA certificates",
      description =
          "CA certificates to trust besides those of the Java runtime: a PEM file, or a folder"
              + " with *.pem, *.crt or the names of openssl rehash. Read again when a file has"
              + " changed.",
      required = false)
  String ca_path() default "";

  @AttributeDefinition(
      name = "User",
      description = "User name, if the broker asks for one. AWS IoT Core does not.",
      required = false)
  String user() default "";

  @AttributeDefinition(
      name = "Password",
      description = "Password of that user.",
      type = AttributeType.PASSWORD,
      required = false)
  String password() default "";

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
              + " no_proxy, else NO_PROXY. Not for a broker without TLS. Default true.")
  boolean web_proxy_environment() default true;

  @AttributeDefinition(
      name = "QoS",
      description =
          "0: a notification may get lost. 1: it comes at least once; what comes again is known."
              + " 0 to 1, default 1.",
      min = "0",
      max = "1")
  int qos() default 1;

  @AttributeDefinition(
      name = "Clean session",
      description =
          "Whether the broker forgets what came while there was no connection. Otherwise it keeps"
              + " it with QoS 1, AWS IoT Core for an hour. Default false.")
  boolean clean_session() default false;

  @AttributeDefinition(
      name = "Keep-alive (ms)",
      description =
          "After what time of silence the broker is asked whether it is there; in whole seconds."
              + " AWS IoT Core takes 30 s at least. 5000 to 1200000, default 60000.",
      min = "5000",
      max = "1200000")
  long keep_alive() default 60_000;

  @AttributeDefinition(
      name = "Connect time-out (ms)",
      description =
          "Longest time for TCP, for the web proxy's answer, for TLS, and for each answer of the"
              + " broker, each by itself. 100 to 600000, default 10000.",
      min = "100",
      max = "600000")
  long connect_timeout() default 10_000;

  @AttributeDefinition(
      name = "First retry delay (ms)",
      description =
          "Delay before the first new attempt to connect; it doubles from one attempt to the next."
              + " At most retry.max.delay. 1 to 3600000, default 1000.",
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
}
