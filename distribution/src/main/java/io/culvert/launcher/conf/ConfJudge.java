// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import io.culvert.api.Configurations;
import io.culvert.launcher.log.Log;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.cm.ConfigurationPlugin;

/**
 * Judges configurations as their components would, before these get them: with placeholders
 * replaced, and without ConfigAdmin, so that nothing is kept. Safe for all threads.
 */
public final class ConfJudge {
  private final ConfigurationPlugin placeholders;
  private final Optional<Configurations> components;

  /**
   * Makes one.
   *
   * @param placeholders replaces them as on the way to the components.
   * @param components judges as the components would; without it nothing is refused.
   */
  public ConfJudge(ConfigurationPlugin placeholders, Optional<Configurations> components) {
    this.placeholders = placeholders;
    this.components = components;
  }

  /** Returns what a file says as the component would get it. */
  Map<String, Object> delivered(ConfFile file) {
    Hashtable<String, Object> properties = new Hashtable<>(file.values());
    try {
      placeholders.modifyConfiguration(null, properties);
    } catch (RuntimeException e) {
      // As in ConfigAdmin: what is not replaced stays. The message could repeat a value.
      Log.log(
          System.Logger.Level.DEBUG,
          file.path() + ": placeholders cannot be replaced (" + e.getClass().getName() + ")");
    }
    return ConfStore.map(properties);
  }

  /** Returns what the component would make of it; nothing if it is of another bundle. */
  Optional<ConfigurationStatus> judge(ConfName name, Map<String, Object> delivered) {
    try {
      return components.map(it -> it.check(name.fullPid(), delivered));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // says that none of ours has this PID
    }
  }

  /** Returns why the component would refuse it, if it would. */
  Optional<ConfigurationStatus> refusal(ConfName name, Map<String, Object> delivered) {
    return judge(name, delivered).filter(it -> it.state() == ConfigurationState.REFUSED);
  }
}
