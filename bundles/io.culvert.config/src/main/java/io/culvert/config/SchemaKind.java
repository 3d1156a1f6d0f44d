// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import io.culvert.api.ConfigurationKind;
import io.culvert.api.ConfigurationStatus;
import java.util.Map;
import java.util.Set;

/**
 * How configurations of a schema are judged, for others: a bundle has one class of this for each of
 * its PIDs, which it registers as a service and names for {@link java.util.ServiceLoader}. Secrets
 * that are encrypted are not decoded: such a configuration waits. Safe for all threads.
 */
public abstract class SchemaKind implements ConfigurationKind {
  private final Schema<?> schema;
  private final SecretValues secrets = new SecretValues();

  /**
   * Makes one.
   *
   * @param schema how the configurations are read.
   */
  protected SchemaKind(Schema<?> schema) {
    this.schema = schema;
  }

  @Override
  public final String pid() {
    return schema.pid();
  }

  @Override
  public final Set<String> keys() {
    return schema.keys();
  }

  @Override
  public final Set<String> secretKeys() {
    return schema.secretKeys();
  }

  @Override
  public final ConfigurationStatus check(Map<String, ?> properties) {
    return secrets.read(schema, properties).status(pid());
  }
}
