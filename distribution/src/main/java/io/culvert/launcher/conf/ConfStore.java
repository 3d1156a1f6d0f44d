// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Puts configurations of files into ConfigAdmin, each marked with its file. Its marks tell after a
 * restart which configurations came from a file. For one thread.
 */
final class ConfStore {
  /** The leading dot keeps it out of the properties of services. */
  static final String MARK = ".io.culvert.conf.file";

  private final ConfigurationAdmin admin;

  ConfStore(ConfigurationAdmin admin) {
    this.admin = admin;
  }

  /**
   * Sets a configuration.
   *
   * @return whether it is another than before.
   */
  boolean put(ConfName name, Map<String, Object> values) throws IOException {
    Hashtable<String, Object> properties = new Hashtable<>(values);
    properties.put(MARK, name.file());
    return name.in(admin).updateIfDifferent(properties);
  }

  void delete(ConfName name) throws IOException {
    name.in(admin).delete();
  }

  /**
   * Deletes the configurations of files that are not there.
   *
   * @param there the names of the files that are there.
   * @return the names of the others.
   */
  List<String> retain(Set<String> there) throws IOException {
    List<String> gone = new ArrayList<>();
    for (Configuration configuration : list("(" + MARK + "=*)")) {
      String file = String.valueOf(configuration.getProperties().get(MARK));
      if (!there.contains(file)) {
        configuration.delete();
        gone.add(file);
      }
    }
    return gone;
  }

  /** Counts the configurations of a factory. */
  int count(String factoryPid) throws IOException {
    return list("(" + ConfigurationAdmin.SERVICE_FACTORYPID + "=" + factoryPid + ")").length;
  }

  private Configuration[] list(String filter) throws IOException {
    try {
      Configuration[] found = admin.listConfigurations(filter);
      return found == null ? new Configuration[0] : found;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
