// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import io.culvert.api.Configurations;
import io.culvert.launcher.log.Log;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ConfigurationPlugin;

/**
 * Judges configurations as their components would, before these get them: with placeholders
 * replaced, and without ConfigAdmin, so that nothing is kept. Safe for all threads.
 */
public final class ConfJudge {
  private final ConfigurationPlugin placeholders;
  private final Optional<Configurations> components;
  private final Exposure exposure;

  /**
   * Makes one.
   *
   * @param placeholders replaces them as on the way to the components.
   * @param components judges as the components would; without it nothing is refused.
   * @param properties has what {@code $[prop:NAME]} stands for.
   */
  public ConfJudge(
      ConfigurationPlugin placeholders,
      Optional<Configurations> components,
      Function<String, @Nullable String> properties) {
    this.placeholders = placeholders;
    this.components = components;
    this.exposure = new Exposure(System::getenv, properties);
  }

  /** Returns what a file says as the component would get it. */
  Map<String, Object> delivered(ConfFile file) {
    return delivered(file.path().toString(), file.values());
  }

  private Map<String, Object> delivered(String name, Map<String, Object> raw) {
    Hashtable<String, Object> properties = new Hashtable<>(raw);
    try {
      placeholders.modifyConfiguration(null, properties);
    } catch (RuntimeException e) {
      // As in ConfigAdmin: what is not replaced stays. The message could repeat a value.
      Log.log(
          System.Logger.Level.DEBUG,
          name + ": placeholders cannot be replaced (" + e.getClass().getName() + ")");
    }
    return ConfStore.map(properties);
  }

  /**
   * Returns what the component would make of a file; nothing if it is of another bundle.
   *
   * @param file the file.
   * @param delivered what it says, as {@link #delivered} has it.
   */
  Optional<ConfigurationStatus> judge(ConfFile file, Map<String, Object> delivered) {
    return judge(file.name().fullPid(), file.values(), delivered);
  }

  /**
   * Returns what the component would make of a configuration; nothing if it is of another bundle.
   */
  public Optional<ConfigurationStatus> judge(String pid, Map<String, Object> raw) {
    return judge(pid, raw, delivered(pid, raw));
  }

  /**
   * A secret is refused where the component does not expect one, as it would repeat it in what it
   * says.
   */
  private Optional<ConfigurationStatus> judge(
      String pid, Map<String, Object> raw, Map<String, Object> delivered) {
    List<ConfigurationProblem> exposed = exposed(pid, raw);
    Map<String, Object> others = new HashMap<>(delivered);
    exposed.forEach(problem -> others.remove(problem.key()));
    return check(pid, others).map(status -> refused(status, exposed));
  }

  private static ConfigurationStatus refused(
      ConfigurationStatus status, List<ConfigurationProblem> exposed) {
    if (exposed.isEmpty()) {
      return status;
    }
    List<ConfigurationProblem> errors = new ArrayList<>(exposed);
    errors.addAll(status.errors());
    return new ConfigurationStatus(
        status.pid(), ConfigurationState.REFUSED, errors, status.warnings());
  }

  private List<ConfigurationProblem> exposed(String pid, Map<String, Object> raw) {
    List<ConfigurationProblem> exposed = new ArrayList<>();
    Set<String> secret = secretKeys(pid);
    raw.forEach(
        (key, value) -> {
          if (!secret.contains(key)) {
            exposure
                .in(value, secret)
                .forEach(message -> exposed.add(new ConfigurationProblem(key, null, message)));
          }
        });
    return exposed;
  }

  private Set<String> secretKeys(String pid) {
    try {
      return components.map(it -> it.secretKeys(pid)).orElse(Set.of());
    } catch (IllegalArgumentException e) {
      return Set.of(); // says that none of ours has this PID
    }
  }

  private Optional<ConfigurationStatus> check(String pid, Map<String, Object> delivered) {
    try {
      return components.map(it -> it.check(pid, delivered));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // says that none of ours has this PID
    }
  }

  /** Returns why the component would refuse a file, if it would. */
  Optional<ConfigurationStatus> refusal(ConfFile file) {
    return judge(file, delivered(file)).filter(it -> it.state() == ConfigurationState.REFUSED);
  }

  /** Returns why the component would refuse what it is to get, if it would. */
  Optional<ConfigurationStatus> refusal(ConfName name, Map<String, Object> delivered) {
    return check(name.fullPid(), delivered).filter(it -> it.state() == ConfigurationState.REFUSED);
  }
}
