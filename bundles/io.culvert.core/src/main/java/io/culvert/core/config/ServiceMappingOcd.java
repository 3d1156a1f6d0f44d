// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured of the service mappings. */
@ObjectClassDefinition(
    id = ServiceMappingOcd.PID,
    name = "Culvert service mappings",
    description =
        "Which local address belongs to which service id, for all tunnels that do not say it"
            + " themselves.",
    icon = @Icon(resource = "OSGI-INF/icon/culvert.svg", size = 32))
public @interface ServiceMappingOcd {
  /** The PID. */
  String PID = "io.culvert.ServiceMappingConfig";

  @AttributeDefinition(
      name = "Destinations",
      description =
          "Where the gateway's applications are, each as ID=endpoint: a port on localhost,"
              + " host:port, [IPv6]:port, or a path with a / for a Unix domain socket. One endpoint"
              + " without ID= serves tunnels with one service or none.",
      required = false)
  String[] destinations() default {};

  @AttributeDefinition(
      name = "Source listeners",
      description =
          "Where clients connect to, each as ID=address: a port, host:port or [IPv6]:port; port 0"
              + " lets the system choose. No two on one port. A service without a mapping gets a port"
              + " of the system's choice; the status names it.",
      required = false)
  String[] sources() default {};

  @AttributeDefinition(
      name = "Keep established connections",
      description =
          "Whether open connections of a service whose address changes go on, so that only new"
              + " ones use the new address. Otherwise they are reset. Default false.")
  boolean keep_established() default false;

  @AttributeDefinition(
      name = "Weights",
      description =
          "What a connection gets when several have much to send, each as ID=weight: one of a"
              + " service with weight 4 gets four times what one with weight 1 gets. Counts only"
              + " between connections that wait at the same time. A heavier one that sends all it"
              + " has keeps its turn for 3 ms at most, in which lighter ones send nothing big, and"
              + " that for two thirds of the time at most. Counts only for what this end sends:"
              + " weights at the gateway do nothing for uploads from the laptop. A weight without"
              + " ID= is for all other services. 1 to 100, default 1.",
      required = false)
  String[] weights() default {};

  @AttributeDefinition(
      name = "Rate limits (bytes/s)",
      description =
          "What the connections of a service may send together in each tunnel, each as ID=bytes"
              + " per second. Counts only for what this end sends. A limit without ID= is for each"
              + " of the other services. 8000 to 100000000000, default no limit.",
      required = false)
  String[] rate_limits() default {};
}
