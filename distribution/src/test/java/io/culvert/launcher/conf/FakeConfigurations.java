// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A ConfigAdmin that notes what is done to it, and that can fail as with a full disk. */
final class FakeConfigurations {
  private final Map<String, Dictionary<String, Object>> kept = new TreeMap<>();
  private final List<String> calls = new ArrayList<>();
  private final Map<Object, Object> replaced = new HashMap<>();
  private boolean failing;
  private @Nullable Exception listFailure;

  /** Returns what was done, such as {@code put PID~NAME}. */
  List<String> calls() {
    return calls;
  }

  void fail(boolean fail) {
    failing = fail;
  }

  void failToList(Exception failure) {
    listFailure = failure;
  }

  /** Gives a placeholder a value. */
  void replace(String placeholder, String value) {
    replaced.put(placeholder, value);
  }

  /** Does what is done to configurations on the way to the components. */
  void replaceIn(Dictionary<String, Object> properties) {
    for (String key : Collections.list(properties.keys())) {
      Object value = properties.get(key);
      properties.put(key, replaced.getOrDefault(value, value));
    }
  }

  /** Does what another tool does. */
  void set(String pid, Map<String, Object> values) {
    kept.put(pid, withPid(pid, new Hashtable<>(values)));
  }

  void delete(String pid) {
    kept.remove(pid);
  }

  ConfigurationAdmin service() {
    return fake(
        ConfigurationAdmin.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getConfiguration" -> configuration((String) arguments[0]);
              case "getFactoryConfiguration" -> configuration(arguments[0] + "~" + arguments[1]);
              case "listConfigurations" -> list((String) arguments[0]);
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private Configuration @Nullable [] list(@Nullable String filter) throws Exception {
    if (listFailure != null) {
      throw listFailure;
    }
    Filter wanted = FrameworkUtil.createFilter(filter == null ? "(service.pid=*)" : filter);
    Configuration[] found =
        kept.keySet().stream()
            .filter(pid -> wanted.match(kept.get(pid)))
            .map(this::configuration)
            .toArray(Configuration[]::new);
    return found.length == 0 ? null : found;
  }

  private Configuration configuration(String pid) {
    return fake(
        Configuration.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getPid" -> pid;
              case "getProperties" -> kept.get(pid);
              case "getProcessedProperties" -> delivered(pid);
              case "updateIfDifferent" -> updateIfDifferent(pid, dictionary(arguments[0]));
              case "update" -> {
                note("update " + pid);
                yield null;
              }
              case "delete" -> {
                note("delete " + pid);
                yield kept.remove(pid);
              }
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private @Nullable Dictionary<String, Object> delivered(String pid) {
    Dictionary<String, Object> configuration = kept.get(pid);
    if (configuration == null) {
      return null;
    }
    Hashtable<String, Object> copy = dictionary(configuration);
    replaceIn(copy);
    return copy;
  }

  private boolean updateIfDifferent(String pid, Hashtable<String, Object> values)
      throws IOException {
    Dictionary<String, Object> next = withPid(pid, values);
    if (next.equals(kept.get(pid))) {
      return false;
    }
    note("put " + pid);
    kept.put(pid, next);
    return true;
  }

  private void note(String call) throws IOException {
    if (failing) {
      throw new IOException("No space left on device");
    }
    calls.add(call);
  }

  private static Hashtable<String, Object> dictionary(Object properties) {
    Dictionary<?, ?> given = (Dictionary<?, ?>) properties;
    Hashtable<String, Object> copy = new Hashtable<>();
    Collections.list(given.keys()).forEach(key -> copy.put((String) key, value(given, key)));
    return copy;
  }

  private static Object value(Dictionary<?, ?> given, Object key) {
    return Objects.requireNonNull(given.get(key));
  }

  private static Dictionary<String, Object> withPid(String pid, Hashtable<String, Object> values) {
    values.put(Constants.SERVICE_PID, pid);
    if (pid.indexOf('~') > 0) {
      values.put(ConfigurationAdmin.SERVICE_FACTORYPID, pid.substring(0, pid.indexOf('~')));
    }
    return values;
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
