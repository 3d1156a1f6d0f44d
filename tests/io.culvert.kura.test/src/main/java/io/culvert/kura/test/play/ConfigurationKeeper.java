// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test.play;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps the configurations of all components in snapshots, the only thing that lasts, and hands
 * them to ConfigAdmin; adds the defaults of the forms and {@code kura.service.pid}. What Kura may
 * hand on twice is handed on twice. Safe for all threads.
 */
@Component(
    name = "io.culvert.kura.test.play.ConfigurationKeeper",
    service = ConfigurationKeeper.class,
    immediate = true)
public final class ConfigurationKeeper {
  /** The name of a component. */
  static final String KURA_PID = "kura.service.pid";

  private final ConfigurationAdmin admin;
  private final AesCrypto crypto;
  private final Snapshots snapshots;
  private final Map<String, Form> forms = new HashMap<>();
  private final Set<String> factories = new TreeSet<>();
  private final Map<String, String> servicePids = new HashMap<>();
  private final Map<String, String> factoryPids = new HashMap<>();
  private final Set<String> listed = new TreeSet<>();
  private final Set<String> deleted = new HashSet<>();

  /**
   * Hands the newest snapshot on.
   *
   * @param admin takes configurations.
   * @param crypto encrypts passwords.
   * @param home where the snapshots are.
   */
  @Activate
  public ConfigurationKeeper(
      @Reference ConfigurationAdmin admin, @Reference AesCrypto crypto, @Reference Home home)
      throws IOException {
    this.admin = admin;
    this.crypto = crypto;
    this.snapshots = new Snapshots(home.folder("snapshots"));
    for (Map.Entry<String, Map<String, Object>> kept : snapshots.newest().entrySet()) {
      Object factory = kept.getValue().get(ConfigurationAdmin.SERVICE_FACTORYPID);
      if (factory != null) {
        make(factory.toString(), kept.getKey(), kept.getValue());
      } else {
        Configuration configuration = admin.getConfiguration(kept.getKey(), "?");
        configuration.update(new Hashtable<>(kept.getValue()));
      }
    }
  }

  /** A bundle with this form has become active. */
  synchronized void formCame(String pid, Form form) throws IOException {
    forms.put(pid, form);
    if (!form.factory()) {
      seed(pid, form);
      return;
    }
    factories.add(pid);
    for (Map.Entry<String, String> instance : factoryPids.entrySet()) {
      if (instance.getValue().equals(pid) && servicePids.containsKey(instance.getKey())) {
        seed(instance.getKey(), form);
      }
    }
  }

  /** A bundle with this form is no longer active; what was made with it may be listed still. */
  synchronized void formWent(String pid) {
    factories.remove(pid);
  }

  /** A configurable component has come. */
  synchronized void componentCame(String component, String servicePid, @Nullable String factory)
      throws IOException {
    if (!listed.contains(component)) {
      servicePids.put(component, servicePid);
      if (factory != null) {
        factoryPids.put(component, factory);
        Form form = forms.get(factory);
        if (form != null) {
          seed(component, form);
        }
      }
      listed.add(component);
    }
  }

  /** A configurable component has gone. */
  synchronized void componentWent(String component) {
    servicePids.remove(component);
    factoryPids.remove(component);
    listed.remove(component);
  }

  private void seed(String component, Form form) throws IOException {
    String pid = servicePids.getOrDefault(component, component);
    Configuration configuration = admin.getConfiguration(pid, "?");
    Map<String, Object> merged = form.defaults();
    merged.put(KURA_PID, component);
    merged.putAll(properties(configuration));
    configuration.update(new Hashtable<>(merged));
  }

  synchronized Set<String> components() {
    return Set.copyOf(listed);
  }

  synchronized Set<String> factories() {
    return Set.copyOf(factories);
  }

  synchronized Map<String, Object> configuration(String component) throws IOException {
    return properties(admin.getConfiguration(servicePid(component), "?"));
  }

  synchronized void update(String component, Map<String, Object> values) throws IOException {
    Configuration configuration = admin.getConfiguration(servicePid(component), "?");
    Form form = form(component);
    Map<String, Object> merged = form.defaults();
    merged.putAll(properties(configuration));
    merged.putAll(encrypted(form, values));
    merged.put(KURA_PID, component);
    configuration.update(new Hashtable<>(merged));
    configuration.update(new Hashtable<>(merged));
    snapshot();
  }

  /** Leaves passwords as they come: so does Kura with an instance's first values. */
  synchronized void create(String factory, String component, Map<String, Object> first)
      throws IOException {
    make(factory, component, first);
    deleted.remove(component);
    snapshot();
  }

  private void make(String factory, String component, Map<String, Object> first)
      throws IOException {
    if (servicePids.containsKey(component)) {
      throw new IllegalArgumentException(component + " is there already");
    }
    String pid = admin.createFactoryConfiguration(factory, null).getPid();
    Form form = forms.get(factory);
    Map<String, Object> merged = form == null ? new HashMap<>() : form.defaults();
    merged.putAll(first);
    merged.put(KURA_PID, component);
    admin.getConfiguration(pid, "?").update(new Hashtable<>(merged));
    componentCame(component, pid, factory);
  }

  synchronized void delete(String component) throws IOException {
    admin.getConfiguration(servicePid(component), "?").delete();
    componentWent(component);
    deleted.add(component);
    snapshot();
  }

  /** Writes what is listed, and of the last snapshot what is not, such as of a removed package. */
  private void snapshot() throws IOException {
    Map<String, Map<String, Object>> all = new TreeMap<>(snapshots.newest());
    for (String component : listed) {
      all.put(component, configuration(component));
    }
    all.keySet().removeAll(deleted);
    snapshots.write(all);
  }

  private Map<String, Object> encrypted(Form form, Map<String, Object> values) {
    Map<String, Object> encrypted = new HashMap<>(values);
    encrypted.replaceAll(
        (key, value) ->
            form.isPassword(key) && !value.equals("") ? crypto.encrypted(value.toString()) : value);
    return encrypted;
  }

  private Form form(String component) {
    Form form = forms.get(factoryPids.getOrDefault(component, component));
    if (form == null) {
      throw new IllegalStateException(component + " has no form");
    }
    return form;
  }

  private String servicePid(String component) {
    String pid = servicePids.get(component);
    if (pid == null || !listed.contains(component)) {
      throw new IllegalStateException(component + " is not listed");
    }
    return pid;
  }

  private static Map<String, Object> properties(Configuration configuration) {
    Map<String, Object> properties = new HashMap<>();
    Dictionary<String, Object> kept = configuration.getProperties();
    if (kept != null) {
      for (String key : Collections.list(kept.keys())) {
        properties.put(key, kept.get(key));
      }
    }
    return properties;
  }
}
