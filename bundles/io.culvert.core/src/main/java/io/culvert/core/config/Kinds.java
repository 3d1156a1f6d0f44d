// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.api.ConfigurationKind;
import io.culvert.api.ConfigurationStatus;
import io.culvert.config.KeyOwners;
import io.culvert.config.Schema;
import io.culvert.config.SecretValues;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * All that can be configured: what this bundle reads, and what others say that they do. Safe for
 * all threads.
 */
@Component(name = "io.culvert.ConfigurationKinds", service = Kinds.class)
public final class Kinds implements KeyOwners {
  private final List<ConfigurationKind> others;

  /** Starts in a framework, where others come as services. */
  @Activate
  public Kinds() {
    this(List.of());
  }

  private Kinds(List<ConfigurationKind> others) {
    this.others = new CopyOnWriteArrayList<>(others);
  }

  /**
   * Finds without a framework what the thread's class loader has.
   *
   * @return what this bundle and others read.
   */
  public static Kinds onClassPath() {
    return new Kinds(
        ServiceLoader.load(ConfigurationKind.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList());
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addKind(ConfigurationKind kind) {
    others.add(kind);
  }

  void removeKind(ConfigurationKind kind) {
    others.remove(kind);
  }

  @Override
  public List<String> of(String key) {
    return Stream.concat(
            Schemas.ALL.stream().filter(schema -> schema.keys().contains(key)).map(Schema::pid),
            others.stream().filter(kind -> kind.keys().contains(key)).map(ConfigurationKind::pid))
        .distinct()
        .toList();
  }

  /**
   * Judges a configuration as the component would, and changes nothing.
   *
   * @param secrets reads those of this bundle.
   * @param pid the component; for one of several, what is before the tilde decides.
   * @param properties the configuration.
   * @return whether it would be accepted.
   * @throws IllegalArgumentException if nobody reads such configurations; the message names all.
   */
  public ConfigurationStatus check(SecretValues secrets, String pid, Map<String, ?> properties) {
    for (Schema<?> schema : Schemas.ALL) {
      if (schema.pid().equals(kind(pid))) {
        return secrets.read(schema, properties).status(pid);
      }
    }
    ConfigurationStatus status = other(pid).check(properties);
    return new ConfigurationStatus(pid, status.state(), status.errors(), status.warnings());
  }

  /**
   * Returns the keys whose values are secret.
   *
   * @param pid the component, as for {@link #check}.
   * @return the keys.
   * @throws IllegalArgumentException likewise.
   */
  public Set<String> secretKeys(String pid) {
    for (Schema<?> schema : Schemas.ALL) {
      if (schema.pid().equals(kind(pid))) {
        return schema.secretKeys();
      }
    }
    return other(pid).secretKeys();
  }

  private static String kind(String pid) {
    int tilde = pid.indexOf('~');
    return tilde < 0 ? pid : pid.substring(0, tilde);
  }

  private ConfigurationKind other(String pid) {
    for (ConfigurationKind other : others) {
      if (other.pid().equals(kind(pid))) {
        return other;
      }
    }
    String all =
        Stream.concat(
                Schemas.ALL.stream().map(Schema::pid), others.stream().map(ConfigurationKind::pid))
            .collect(Collectors.joining(", "));
    throw new IllegalArgumentException("PID '" + pid + "': must be one of " + all);
  }
}
