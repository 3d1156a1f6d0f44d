// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.api.TunnelSpec;
import io.culvert.config.Schema;
import io.culvert.config.Values;
import java.time.Duration;
import java.util.Set;

/**
 * What becomes of tunnel notifications. Immutable.
 *
 * @param enabled whether they are followed at all.
 * @param regions the regions that are allowed, empty for all.
 * @param services the services that are allowed, empty for all that have a mapping.
 * @param maxTunnels how many of their tunnels may be open at once.
 * @param lifetime how long a tunnel is open at most.
 * @param idleTimeout after what time without a connection it is closed, zero for never.
 */
public record NotificationSettings(
    boolean enabled,
    Set<String> regions,
    Set<String> services,
    int maxTunnels,
    Duration lifetime,
    Duration idleTimeout) {

  /** How it is read; {@link NotificationSinkOcd} says what there is. */
  public static final Schema<NotificationSettings> SCHEMA =
      new Schema<>(NotificationSinkOcd.class, NotificationSinkOcd.PID, NotificationSettings::read);

  /** Copies the sets. */
  public NotificationSettings {
    regions = Set.copyOf(regions);
    services = Set.copyOf(services);
  }

  private static NotificationSettings read(Values values) {
    NotificationSettings settings =
        new NotificationSettings(
            values.flag("enabled"),
            Set.copyOf(values.texts("regions")),
            Set.copyOf(values.texts("services")),
            values.integer("max.tunnels"),
            values.millis("lifetime"),
            values.millis("idle.timeout"));
    for (String region : values.texts("regions")) {
      if (!TunnelSpec.isRegion(region)) {
        values.problem("regions", region, TunnelSpec.REGION_RULE);
      }
    }
    for (String service : values.texts("services")) {
      if (!ServiceEntries.isId(service)) {
        values.problem(
            "services",
            service,
            "must be a service id: 1 to 128 letters, digits, ':', '_' and '-'");
      }
    }
    values.checkBound("idle.timeout", "lifetime");
    values.check();
    return settings;
  }
}
