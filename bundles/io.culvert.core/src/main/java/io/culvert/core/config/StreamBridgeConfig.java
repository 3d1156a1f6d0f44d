// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured of the stream bridge. */
@ObjectClassDefinition(
    id = "io.culvert.StreamBridge",
    name = "Culvert stream bridge",
    description = "Moves bytes between local sockets and tunnels.")
public @interface StreamBridgeConfig {
  /** The default of {@link #max_payload()}: what one message may carry at most. */
  int MAX_PAYLOAD = 64512;

  @AttributeDefinition(
      name = "Bind address",
      description =
          "Local address to listen on (source) or to connect from (destination). Empty: localhost"
              + " for listening, the system's choice for connecting.")
  String bind_address() default "";

  @AttributeDefinition(
      name = "Local connect time-out (ms)",
      description = "How long one attempt to reach a local application may take.",
      min = "100",
      max = "600000")
  long connect_timeout() default 10_000;

  @AttributeDefinition(
      name = "Local retries",
      description = "Further attempts after a failed local connect or bind; -1 tries without end.",
      min = "-1",
      max = "1000000")
  int tcp_retry_count() default 5;

  @AttributeDefinition(
      name = "Local retry delay (ms)",
      description = "Time between attempts of a local connect or bind.",
      min = "1",
      max = "600000")
  long tcp_retry_delay() default 2500;

  @AttributeDefinition(
      name = "Largest payload (bytes)",
      description = "Payload of the largest message to send.",
      min = "512",
      max = "64512")
  int max_payload() default MAX_PAYLOAD;

  @AttributeDefinition(
      name = "Connection buffer (KiB)",
      description = "What may wait for one slow local socket before the tunnel pauses.",
      min = "128",
      max = "1048576")
  int buffer_connection() default 4096;

  @AttributeDefinition(
      name = "Tunnel buffer (KiB)",
      description = "What may wait for all local sockets of a tunnel before it pauses.",
      min = "256",
      max = "1048576")
  int buffer_tunnel() default 8192;

  @AttributeDefinition(
      name = "Total buffer (KiB)",
      description =
          "What may wait for local sockets in all tunnels together; 0: a quarter of the direct"
              + " memory that the process may use. Takes effect at the next start.",
      min = "0",
      max = "16777216")
  int buffer_total() default 0;

  @AttributeDefinition(
      name = "Half-close grace, source (ms)",
      description =
          "After a client has finished sending: how long the other end's data must have been idle"
              + " before the connection is ended. 0: at once.",
      min = "0",
      max = "86400000")
  long grace_source() default 5000;

  @AttributeDefinition(
      name = "Half-close grace, destination (ms)",
      description = "The same after a local application has finished sending.",
      min = "0",
      max = "86400000")
  long grace_destination() default 0;

  @AttributeDefinition(
      name = "Stall time-out (ms)",
      description =
          "A connection that takes nothing for this long while it holds up others is reset. A"
              + " connection that is alone in its tunnel is never reset for being slow.",
      min = "1000",
      max = "86400000")
  long stall_timeout() default 30_000;

  @AttributeDefinition(
      name = "Backlog",
      description = "Clients that the system accepts ahead of a listener.",
      min = "1",
      max = "65535")
  int backlog() default 128;

  @AttributeDefinition(
      name = "Connections per tunnel",
      description = "Further connections are refused.",
      min = "1",
      max = "65535")
  int max_connections() default 1024;

  @AttributeDefinition(
      name = "Queue while down",
      description =
          "Whether clients that come while a tunnel is down wait for it instead of being refused.")
  boolean queue_while_down() default false;

  @AttributeDefinition(
      name = "Strict services",
      description =
          "Whether a mapping for a service that the tunnel does not have ends the tunnel.")
  boolean strict_services() default false;

  @AttributeDefinition(
      name = "Event loops",
      description =
          "Threads that move bytes; a tunnel stays on one. 0: as many as processors, at most 2."
              + " Takes effect at the next start.",
      min = "0",
      max = "64")
  int event_loops() default 0;

  @AttributeDefinition(
      name = "Native transport",
      description = "Whether to use epoll where there is one. Takes effect at the next start.")
  boolean native_transport() default true;
}
