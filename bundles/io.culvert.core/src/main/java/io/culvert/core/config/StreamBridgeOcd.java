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
          "What may wait for one slow local socket before the tunnel pauses. Counts only up"
              + " to buffer.tunnel. 128 to 1048576, default 4096.",
      min = "128",
      max = "1048576")
  int buffer_connection() default 4096;

  @AttributeDefinition(
      name = "Tunnel buffer (KiB)",
      description =
          "What may wait for all local sockets of a tunnel before it pauses. Counts only up"
              + " to buffer.total, where that is not 0. 256 to 1048576, default 8192.",
      min = "256",
      max = "1048576")
  int buffer_tunnel() default 8192;

  @AttributeDefinition(
      name = "Total buffer (KiB)",
      description =
          "Memory for data that waits for slow local sockets, of all tunnels together."
              + " While it is full, each tunnel for which more than 256 KiB wait pauses. Lower it"
              + " where memory is scarce, raise it for many busy tunnels. 0: a quarter of the"
              + " direct memory that Java may use. Takes effect at the next start. 0 to 16777216,"
              + " default 0.",
      min = "0",
      max = "16777216")
  int buffer_total() default 0;

  @AttributeDefinition(
      name = "Link rate",
      description =
          "What the tunneling service and the way to it can take: 8000 to 100000000000 bytes per"
              + " second, auto, or off. Bulk goes a little slower, so that no queue grows in which"
              + " a key stroke would have to wait. auto finds the rate out, and slows nothing where"
              + " nothing holds back; off sends as fast as the service takes it. Counts only for"
              + " what this end sends. The bytes are those of messages: WebSocket, TLS and TCP/IP"
              + " add about 8 % where the rate is low and chunks are small, 4 % at 1 MB/s. So enter"
              + " what a transfer gets, or 10 % less than the rate of the line. Default auto.")
  String link_rate() default "auto";

  @AttributeDefinition(
      name = "Rate limit (bytes/s)",
      description =
          "What each tunnel may send at most, whatever the link can take, at least 8000. Counts"
              + " only for what this end sends. 0: no limit. 0 to 100000000000, default 0.",
      min = "0",
      max = "100000000000")
  long rate_limit() default 0;

  @AttributeDefinition(
      name = "Half-close grace, source (ms)",
      description =
          "At a source: a client may finish sending and still wait for the answer. The"
              + " connection is ended when the other end has then sent nothing for this time; 0"
              + " is at once. Raise it if answers that take long are cut off. 0 to 86400000,"
              + " default 5000.",
      min = "0",
      max = "86400000")
  long grace_source() default 5000;

  @AttributeDefinition(
      name = "Half-close grace, destination (ms)",
      description =
          "At a destination: when a local application has finished sending, the connection"
              + " is ended as soon as the client has then sent nothing for this time; 0 is at"
              + " once, and what the client still sends is lost. Raise it for applications that"
              + " finish sending first and go on reading. 0 to 86400000, default 0.",
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
      description =
          "At a source: how many clients may wait at a listener until they are taken, and"
              + " at each tunnel that is down with queue.while.down. The system may allow fewer"
              + " (on Linux net.core.somaxconn). Raise it if clients that come at the same moment"
              + " are refused. 1 to 65535, default 1024.",
      min = "1",
      max = "65535")
  int backlog() default 1024;

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
          "What a mapping of the tunnel itself (services) does if the tunnel has no service of"
              + " that id. On: the tunnel fails with CLV-SERVICES. Off: one warning, and the rest"
              + " works. Turn it on to notice misspelt ids. Mappings for all tunnels may always"
              + " have more ids. Default false.")
  boolean strict_services() default false;

  @AttributeDefinition(
      name = "Event loops",
      description =
          "Threads that move the bytes of all tunnels; each tunnel stays on one. 0: as many"
              + " as processors, at most 2, which is enough unless several tunnels are busy at"
              + " once on a machine with more processors. Takes effect at the next start. 0 to"
              + " 64, default 0.",
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
