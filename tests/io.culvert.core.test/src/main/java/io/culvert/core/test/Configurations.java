// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configurations that are deleted when they are closed. Used by one thread. */
final class Configurations implements AutoCloseable {
  private final ConfigurationAdmin admin;
  private final List<Configuration> made = new ArrayList<>();

  Configurations(ConfigurationAdmin admin) {
    this.admin = admin;
  }

  /** Makes the configuration of a singleton. */
  Configuration singleton(String pid, Map<String, Object> properties) throws IOException {
    return made(admin.getConfiguration(pid, "?"), properties);
  }

  /** Makes one more configuration of a factory. */
  Configuration instance(String factoryPid, Map<String, Object> properties) throws IOException {
    return made(admin.createFactoryConfiguration(factoryPid, "?"), properties);
  }

  private Configuration made(Configuration configuration, Map<String, Object> properties)
      throws IOException {
    made.add(configuration);
    update(configuration, properties);
    return configuration;
  }

  /** Replaces all properties; equal ones are delivered, too. */
  static void update(Configuration configuration, Map<String, Object> properties)
      throws IOException {
    configuration.update(new Hashtable<>(properties));
  }

  /** Deletes one before its time. */
  void delete(Configuration configuration) throws IOException {
    made.remove(configuration);
    configuration.delete();
  }

  @Override
  public void close() throws IOException {
    for (Configuration configuration : made) {
      configuration.delete();
    }
    made.clear();
  }
}
