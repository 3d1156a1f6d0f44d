// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured of the notifications that come through Kura. */
@ObjectClassDefinition(
    id = KuraNotificationsOcd.PID,
    name = "Culvert notifications through Kura",
    description =
        "Through which connection of Kura the tunnel notifications of AWS IoT come, which open"
            + " tunnels. One of the two ways is enough; by default there is none.",
    icon = @Icon(resource = "OSGI-INF/icon/culvert.svg", size = 32))
@interface KuraNotificationsOcd {
  /** The PID. */
  String PID = "io.culvert.KuraNotifications";

  /** A filter that nothing matches, as Kura has it where nothing is chosen yet. */
  String NOTHING = "(kura.service.pid=changeme)";

  @AttributeDefinition(
      name = "CloudSubscriber target filter",
      description =
          "Which cloud subscriber hands on notifications, as an OSGi filter, such as"
              + " (kura.service.pid=NAME): one of type RawMqttSubscriber with the topic filter"
              + " $aws/things/THING/tunnels/notify. Nothing has the default name. Default "
              + NOTHING
              + ".")
  String CloudSubscriber_target() default NOTHING;

  @AttributeDefinition(
      name = "DataService target filter",
      description =
          "Through which data service Culvert itself subscribes to notifications, as an OSGi"
              + " filter, such as (kura.service.pid=org.eclipse.kura.data.DataService): that of the"
              + " cloud connection to AWS IoT. It needs the thing, too. Nothing has the default name."
              + " Default "
              + NOTHING
              + ".")
  String DataService_target() default NOTHING;

  @AttributeDefinition(
      name = "Thing",
      description =
          "The name of the gateway's thing in AWS IoT, for the data service: letters, digits, : _"
              + " and -, 128 at most.",
      required = false)
  String thing();
}
