// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What can be configured of one tunnel. */
@ObjectClassDefinition(
    id = TunnelOcd.PID,
    name = "Culvert tunnel",
    description = "A tunnel that is open while it is configured and enabled.",
    icon = @Icon(resource = "OSGI-INF/icon/culvert.svg", size = 32))
public @interface TunnelOcd {
  /** The factory PID. */
  String PID = "io.culvert.Tunnel";

  @AttributeDefinition(
      name = "Name",
      description = "Name in status and log, unique. Empty: the PID of this configuration.",
      required = false)
  String name() default "";

  @AttributeDefinition(name = "Enabled", description = "Whether the tunnel is open. Default true.")
  boolean enabled() default true;

  @AttributeDefinition(
      name = "Mode",
      description =
          "Which end of the tunnel this gateway is, in upper or lower case. Default destination.",
      options = {
        @Option(label = "Destination: local applications", value = "destination"),
        @Option(label = "Source: local clients", value = "source")
      })
  String mode() default "destination";

  @AttributeDefinition(
      name = "Access token",
      description =
          "Token of this end, from OpenTunnel or RotateTunnelAccessToken: 1 to 3072 printable"
              + " ASCII characters. Needed where Enabled is on.",
      type = AttributeType.PASSWORD,
      required = false)
  String access_token() default "";

  @AttributeDefinition(
      name = "Client token",
      description =
          "Goes with the access token: 32 to 128 letters, digits and hyphens. Empty: one is made,"
              + " and kept in the tunnel manager's state directory.",
      type = AttributeType.PASSWORD,
      required = false)
  String client_token() default "";

  @AttributeDefinition(
      name = "Region",
      description =
          "AWS region of the tunnel, such as us-east-1. Not together with Endpoint; with neither,"
              + " those of the tunnel manager count.",
      required = false)
  String region() default "";

  @AttributeDefinition(
      name = "Endpoint",
      description =
          "Tunneling service as host, host:port or [IPv6]:port. Not together with Region.",
      required = false)
  String endpoint() default "";

  @AttributeDefinition(
      name = "Services",
      description =
          "Mappings of this tunnel alone, which go before those of the service mappings:"
              + " ID=endpoint (destination) or ID=listen address (source), as there.",
      required = false)
  String[] services() default {};

  @AttributeDefinition(
      name = "Protocol version",
      description =
          "Protocol version to speak, in upper or lower case. Automatic: found out from the"
              + " other end. Default auto.",
      options = {
        @Option(label = "Automatic", value = "auto"),
        @Option(label = "V1", value = "V1"),
        @Option(label = "V2", value = "V2"),
        @Option(label = "V3", value = "V3")
      })
  String version() default "auto";
}
