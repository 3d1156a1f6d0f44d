// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured of the service mappings. */
@ObjectClassDefinition(
    id = "io.culvert.ServiceMappingConfig",
    name = "Culvert service mappings",
    description = "Which local address belongs to which service id, for all tunnels.")
public @interface ServiceMappingOcd {
  @AttributeDefinition(
      name = "Destinations",
      description =
          "Where services are found, as ID=endpoint: a port on localhost, host:port, [IPv6]:port or"
              + " the path of a Unix domain socket. One endpoint without ID= serves tunnels with"
              + " one service or none.")
  String[] destinations() default {};

  @AttributeDefinition(
      name = "Source listeners",
      description =
          "Where clients of services connect to, as ID=port, ID=host:port or ID=[IPv6]:port; port 0"
              + " lets the system choose.")
  String[] sources() default {};

  @AttributeDefinition(
      name = "Keep established connections",
      description =
          "Whether open connections of a service whose address changes go on, so that only new ones"
              + " use the new address. Otherwise they are reset.")
  boolean keep_established() default false;
}
