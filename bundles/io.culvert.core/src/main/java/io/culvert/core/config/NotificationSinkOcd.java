// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured of what becomes of tunnel notifications. */
@ObjectClassDefinition(
    id = NotificationSinkOcd.PID,
    name = "Culvert tunnel notifications",
    description =
        "Which tunnels are opened when AWS IoT asks for them with a notification, how many, and for"
            + " how long.",
    icon = @Icon(resource = "OSGI-INF/icon/culvert.svg", size = 32))
public @interface NotificationSinkOcd {
  /** The PID. */
  String PID = "io.culvert.NotificationSink";

  @AttributeDefinition(
      name = "Enabled",
      description =
          "Whether notifications open tunnels. Off, each is refused; tunnels that are open by then"
              + " go on. Default true.")
  boolean enabled() default true;

  @AttributeDefinition(
      name = "Regions",
      description =
          "AWS regions whose notifications are followed, such as us-east-1. Empty: those of all"
              + " regions. Where the tunnel manager has an endpoint, tunnels go there whatever the"
              + " region.",
      required = false)
  String[] regions() default {};

  @AttributeDefinition(
      name = "Services",
      description =
          "Service ids that notifications may name. One that names another, or none, is refused"
              + " then. Empty: every service that has a mapping among the service mappings, which"
              + " each service needs in any case.",
      required = false)
  String[] services() default {};

  @AttributeDefinition(
      name = "Most tunnels",
      description =
          "How many tunnels of notifications may be open at once. For each set of services one more"
              + " is let in when one for the same set is open, as it may replace that one."
              + " 1 to 100, default 5.",
      min = "1",
      max = "100")
  int max_tunnels() default 5;

  @AttributeDefinition(
      name = "Lifetime (ms)",
      description =
          "How long after its notification a tunnel is closed at the latest. AWS keeps none longer"
              + " than 12 hours. 1000 to 43200000, default 43200000.",
      min = "1000",
      max = "43200000")
  long lifetime() default 43_200_000;

  @AttributeDefinition(
      name = "Idle time-out (ms)",
      description =
          "After what time without any connection a tunnel of a notification is closed. 0: never."
              + " 0 to 43200000, default 0.",
      min = "0",
      max = "43200000")
  long idle_timeout() default 0;
}
