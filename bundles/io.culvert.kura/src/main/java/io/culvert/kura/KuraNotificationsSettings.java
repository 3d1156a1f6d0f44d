// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import io.culvert.api.NotificationSink;
import io.culvert.config.Schema;
import io.culvert.config.ThingName;
import io.culvert.config.Values;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;

/**
 * What is configured of the notifications that come through Kura. Declarative Services follows the
 * target filters; here they are only checked, as it says little of a wrong one. Immutable.
 *
 * @param topic what to subscribe to at a data service, absent if no thing is named.
 */
record KuraNotificationsSettings(@Nullable String topic) {
  /** How they are read; {@link KuraNotificationsOcd} says what there is. */
  static final Schema<KuraNotificationsSettings> SCHEMA =
      new Schema<>(
          KuraNotificationsOcd.class, KuraNotificationsOcd.PID, KuraNotificationsSettings::read);

  private static final String CLOUD_SUBSCRIBER = "CloudSubscriber.target";
  private static final String DATA_SERVICE = "DataService.target";
  private static final String THING = "thing";

  private static KuraNotificationsSettings read(Values values) {
    filter(values, CLOUD_SUBSCRIBER);
    boolean used = filter(values, DATA_SERVICE);
    String thing = values.parsed(THING, ThingName::parse);
    values.check();
    if (used && thing == null) {
      values.warning(THING, null, "is needed: nothing is subscribed to through the data service");
    }
    return new KuraNotificationsSettings(thing == null ? null : NotificationSink.topic(thing));
  }

  /** Checks a filter and tells whether it is another than the one that nothing matches. */
  private static boolean filter(Values values, String key) {
    if (values.isEmpty(key)) {
      values.problem(
          key, null, "must be a filter; " + KuraNotificationsOcd.NOTHING + " is for none");
      return false;
    }
    String filter = values.parsed(key, KuraNotificationsSettings::filter);
    return filter != null && !filter.equals(KuraNotificationsOcd.NOTHING);
  }

  private static String filter(String text) {
    try {
      return FrameworkUtil.createFilter(text).toString();
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(
          "must be an OSGi filter such as (kura.service.pid=NAME)", e);
    }
  }
}
