// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import io.culvert.api.ConfigurationKind;
import io.culvert.config.SchemaKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** How configurations of the notifications that come through Kura are judged. */
@Component(name = "io.culvert.kura.KuraNotificationsKind", service = ConfigurationKind.class)
public final class KuraNotificationsKind extends SchemaKind {
  /** Makes one, in a framework or without. */
  @Activate
  public KuraNotificationsKind() {
    super(KuraNotificationsSettings.SCHEMA);
  }
}
