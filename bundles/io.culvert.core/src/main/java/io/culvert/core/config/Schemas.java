// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.config.Schema;
import java.util.List;

/** All that can be configured. */
public final class Schemas {
  /** One for each kind of configuration. */
  public static final List<Schema<?>> ALL =
      List.of(
          TunnelSettings.SCHEMA,
          StreamSettings.SCHEMA,
          Mappings.SCHEMA,
          NotificationSettings.SCHEMA,
          TunnelConfig.SCHEMA);

  private Schemas() {}
}
