// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The configurations in ConfigAdmin, whoever put them there. For one thread. */
final class ConfStore {
  /** What ConfigAdmin adds to each configuration. */
  private static final Set<String> ADDED =
      Set.of(
          Constants.SERVICE_PID,
          ConfigurationAdmin.SERVICE_FACTORYPID,
          ConfigurationAdmin.SERVICE_BUNDLELOCATION);

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
    return name.in(admin).updateIfDifferent(new Hashtable<>(values));
  }

  void delete(ConfName name) throws IOException {
    Optional<Configuration> configuration = find(name.fullPid());
    if (configuration.isPresent()) {
      configuration.get().delete();
    }
  }

  /** Returns a configuration as it was set, if there is one; placeholders are not replaced. */
  Optional<Map<String, Object>> get(String pid) throws IOException {
    return find(pid).map(configuration -> map(configuration.getProperties()));
  }

  /** Returns a configuration as the component gets it, if there is one. */
  Optional<Map<String, Object>> delivered(ConfName name) throws IOException {
    return find(name.fullPid())
        .map(configuration -> map(configuration.getProcessedProperties(null)));
  }

  /** Returns configurations of a factory as the components get them, in the order of their PIDs. */
  SortedMap<String, Map<String, Object>> delivered(String factoryPid) throws IOException {
    SortedMap<String, Map<String, Object>> found = new TreeMap<>();
    for (Configuration one : ofFactory(factoryPid)) {
      try {
        found.put(one.getPid(), map(one.getProcessedProperties(null)));
      } catch (IllegalStateException e) {
        // Deleted meanwhile by another tool.
      }
    }
    return found;
  }

  /** Returns whether two configurations say the same. */
  static boolean same(Map<String, Object> one, Map<String, Object> other) {
    return one.size() == other.size()
        && one.entrySet().stream()
            .allMatch(entry -> Objects.deepEquals(entry.getValue(), other.get(entry.getKey())));
  }

  /** Returns the configurations with a placeholder for a secret file. */
  List<Configuration> using(String secret) throws IOException {
    return Arrays.stream(list(null)).filter(one -> secrets(one).contains(secret)).toList();
  }

  private static Set<String> secrets(Configuration configuration) {
    return Placeholders.secrets(map(configuration.getProperties()).values());
  }

  /** Counts the configurations of a factory. */
  int count(String factoryPid) throws IOException {
    return ofFactory(factoryPid).length;
  }

  private Configuration[] ofFactory(String factoryPid) throws IOException {
    return list("(" + ConfigurationAdmin.SERVICE_FACTORYPID + "=" + factoryPid + ")");
  }

  /** Looks without making one, unlike ConfigAdmin's getters. */
  private Optional<Configuration> find(String pid) throws IOException {
    return Arrays.stream(list("(" + Constants.SERVICE_PID + "=" + pid + ")")).findFirst();
  }

  private Configuration[] list(@Nullable String filter) throws IOException {
    try {
      Configuration[] found = admin.listConfigurations(filter);
      return found == null ? new Configuration[0] : found;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the properties of a configuration, without what ConfigAdmin adds. */
  static Map<String, Object> map(@Nullable Dictionary<String, Object> properties) {
    Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (properties != null) {
      Collections.list(properties.keys()).forEach(key -> values.put(key, properties.get(key)));
    }
    ADDED.forEach(values::remove);
    return values;
  }
}
