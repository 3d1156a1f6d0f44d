// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What can be configured of one tunnel. */
@ObjectClassDefinition(
    id = "io.culvert.Tunnel",
    name = "Culvert tunnel",
    description = "A tunnel that is opened as soon as it is configured.")
public @interface TunnelOcd {
  @AttributeDefinition(
      name = "Name",
      description = "Name in status and log. Empty: the name of this configuration.")
  String name() default "";

  @AttributeDefinition(name = "Enabled", description = "Whether the tunnel is open.")
  boolean enabled() default true;

  @AttributeDefinition(
      name = "Mode",
      description = "Which end of the tunnel this gateway is.",
      options = {
        @Option(label = "Destination: local applications", value = "destination"),
        @Option(label = "Source: local clients", value = "source")
      })
  String mode() default "destination";

  @AttributeDefinition(
      name = "Access token",
      description = "The token of this end, from OpenTunnel or RotateTunnelAccessToken.",
      type = AttributeType.PASSWORD)
  String access_token() default "";

  @AttributeDefinition(
      name = "Client token",
      description =
          "32 to 128 letters, digits and hyphens that go with the access token. Empty: one is made"
              + " and kept.",
      type = AttributeType.PASSWORD)
  String client_token() default "";

  @AttributeDefinition(
      name = "Region",
      description = "AWS region of the tunnel. Empty, with Endpoint: that of the tunnel manager.")
  String region() default "";

  @AttributeDefinition(
      name = "Endpoint",
      description = "Tunneling service as host or host:port. Exclusive with Region.")
  String endpoint() default "";

  @AttributeDefinition(
      name = "Services",
      description =
          "Mappings of this tunnel that go before those of the service mappings, as ID=endpoint"
              + " (destination) or ID=listen address (source).")
  String[] services() default {};

  @AttributeDefinition(
      name = "Protocol version",
      description = "Version to speak. Automatic: found out from the other end.",
      options = {
        @Option(label = "Automatic", value = "auto"),
        @Option(label = "V1", value = "V1"),
        @Option(label = "V2", value = "V2"),
        @Option(label = "V3", value = "V3")
      })
  String version() default "auto";
}
