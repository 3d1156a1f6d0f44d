// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import io.culvert.api.NotificationDecision;
import io.culvert.config.Printable;
import io.culvert.core.config.NotificationSettings;
import io.culvert.core.tunnel.TunnelOpener;
import java.util.Collection;
import java.util.Set;

/** What notifications may ask for. Stateless. */
final class Policy {
  private static final int MAX_TEXT = 300;

  private Policy() {}

  /**
   * Checks a notification.
   *
   * @param settings what is allowed.
   * @param opener knows the mappings.
   * @param notification what is asked for.
   * @throws RefusedException if it is not allowed.
   */
  static void check(NotificationSettings settings, TunnelOpener opener, Notification notification)
      throws RefusedException {
    if (!settings.enabled()) {
      throw new RefusedException(NotificationDecision.DISABLED, "");
    }
    if (!settings.regions().isEmpty() && !settings.regions().contains(notification.region())) {
      throw new RefusedException(
          NotificationDecision.REGION_NOT_ALLOWED, text(notification, notification.region()));
    }
    Set<String> services = notification.services();
    Set<String> allowed = settings.services();
    if (!allowed.isEmpty() && (services.isEmpty() || !allowed.containsAll(services))) {
      throw new RefusedException(
          NotificationDecision.SERVICE_NOT_ALLOWED, names(notification, services));
    }
    if (!opener.maps(services)) {
      throw new RefusedException(
          NotificationDecision.SERVICE_NOT_ALLOWED,
          names(notification, services) + " without a mapping");
    }
  }

  /** Returns what a notification asks for, for the log. */
  static String describe(Notification notification) {
    return "region "
        + text(notification, notification.region())
        + ", "
        + names(notification, notification.services());
  }

  private static String names(Notification notification, Collection<String> services) {
    return services.isEmpty()
        ? "no services"
        : "services " + text(notification, String.join(", ", services));
  }

  /** Somebody could have put the token there, too. */
  private static String text(Notification notification, String text) {
    return new Printable(notification.accessToken()).clean(text, MAX_TEXT);
  }
}
