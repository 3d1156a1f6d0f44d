// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured of the stream bridge. */
@ObjectClassDefinition(
    id = StreamBridgeOcd.PID,
    name = "Culvert stream bridge",
    description =
        "How bytes are moved between local sockets and tunnels, and what limits they have.",
    icon = @Icon(resource = "OSGI-INF/icon/culvert.svg", size = 32))
public @interface StreamBridgeOcd {
  /** The PID. */
  String PID = "io.culvert.StreamBridge";

  @AttributeDefinition(
      name = "Bind address",
      description =
          "Local address to listen on (source) or to connect from (destination), a host name or"
              + " an address without a port. Empty: localhost for listening, the system's choice for"
              + " connecting.",
      required = false)
  String bind_address() default "";

  @AttributeDefinition(
      name = "Local connect time-out (ms)",
      description =
          "Longest time for one attempt to reach one address of a local application. 100 to"
              + " 600000, default 10000.",
      min = "100",
      max = "600000")
  long connect_timeout() default 10_000;

  @AttributeDefinition(
      name = "Local retries",
      description =
          "Attempts after a failed local connect or bind; -1 is without end. -1 to 1000000,"
              + " default 5.",
      min = "-1",
      max = "1000000")
  int tcp_retry_count() default 5;

  @AttributeDefinition(
      name = "Local retry delay (ms)",
      description = "Time between these attempts. 1 to 600000, default 2500.",
      min = "1",
      max = "600000")
  long tcp_retry_delay() default 2500;

  @AttributeDefinition(
      name = "Largest payload (bytes)",
      description = "Most payload bytes in a message that is sent. 512 to 64512, default 64512.",
      min = "512",
      max = "64512")
  int max_payload() default 64_512;

  @AttributeDefinition(
      name = "Connection buffer (KiB)",
      description =
          "What may wait for one slow local socket before the tunnel pauses. 128 to 1048576,"
              + " default 4096.",
      min = "128",
      max = "1048576")
  int buffer_connection() default 4096;

  @AttributeDefinition(
      name = "Tunnel buffer (KiB)",
      description =
          "What may wait for all local sockets of a tunnel before it pauses. 256 to 1048576,"
              + " default 8192.",
      min = "256",
      max = "1048576")
  int buffer_tunnel() default 8192;

  @AttributeDefinition(
      name = "Total buffer (KiB)",
      description =
          "What may wait for local sockets of all tunnels together; 0 is a quarter of the direct"
              + " memory that the process may use. Takes effect at the next start. 0 to 16777216,"
              + " default 0.",
      min = "0",
      max = "16777216")
  int buffer_total() default 0;

  @AttributeDefinition(
      name = "Half-close grace, source (ms)",
      description =
          "After a client has finished sending: how long the other end must have been idle before"
              + " the connection is ended. 0 is at once. 0 to 86400000, default 5000.",
      min = "0",
      max = "86400000")
  long grace_source() default 5000;

  @AttributeDefinition(
      name = "Half-close grace, destination (ms)",
      description =
          "The same after a local application has finished sending. 0 to 86400000, default 0.",
      min = "0",
      max = "86400000")
  long grace_destination() default 0;

  @AttributeDefinition(
      name = "Stall time-out (ms)",
      description =
          "A connection that takes nothing for this long while it holds up others is reset. One"
              + " that is alone in its tunnel may be as slow as it likes. 1000 to 86400000, default"
              + " 30000.",
      min = "1000",
      max = "86400000")
  long stall_timeout() default 30_000;

  @AttributeDefinition(
      name = "Backlog",
      description = "Clients that the system accepts ahead of a listener. 1 to 65535, default 128.",
      min = "1",
      max = "65535")
  int backlog() default 128;

  @AttributeDefinition(
      name = "Connections per tunnel",
      description =
          "Connections that a tunnel has at most. Further ones are refused. 1 to 65535, default"
              + " 1024.",
      min = "1",
      max = "65535")
  int max_connections() default 1024;

  @AttributeDefinition(
      name = "Queue while down",
      description =
          "Whether clients that come while a tunnel is down wait for it, at most as many as"
              + " Backlog says, instead of being refused. Default false.")
  boolean queue_while_down() default false;

  @AttributeDefinition(
      name = "Strict services",
      description =
          "Whether a mapping that was given for the tunnel, for a service which it does not have,"
              + " makes it fail instead of a warning. Default false.")
  boolean strict_services() default false;

  @AttributeDefinition(
      name = "Event loops",
      description =
          "Threads that move bytes; a tunnel stays on one. 0: as many as processors, at most 2."
              + " Takes effect at the next start. 0 to 64, default 0.",
      min = "0",
      max = "64")
  int event_loops() default 0;

  @AttributeDefinition(
      name = "Native transport",
      description =
          "Whether to use epoll where there is one (Linux on x86-64 and AArch64). Takes effect at"
              + " the next start. Default true.")
  boolean native_transport() default true;
}
