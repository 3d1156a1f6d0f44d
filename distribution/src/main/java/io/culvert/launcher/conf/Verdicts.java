// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import io.culvert.api.ConfigurationListener;
import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ConfigurationStatus;
import io.culvert.launcher.log.Log;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Says in the log what the components make of their configurations, by the files that these come
 * from. Safe for all threads.
 */
public final class Verdicts implements ConfigurationListener {
  private final ConfStore store;
  private final Map<String, ConfFile> files = new ConcurrentHashMap<>();

  /**
   * Makes one; register it as a service.
   *
   * @param admin keeps the configurations.
   */
  public Verdicts(ConfigurationAdmin admin) {
    this.store = new ConfStore(admin);
  }

  /** Notes what a file says, before it is handed over. */
  void put(ConfFile file) {
    files.put(file.name().fullPid(), file);
  }

  /** Forgets a file. */
  void remove(ConfName name) {
    files.remove(name.fullPid());
  }

  @Override
  public void changed(ConfigurationStatus status) {
    try {
      Optional<Map<String, Object>> configured = store.get(status.pid());
      if (configured.isPresent()) { // else the defaults are in force
        Optional<ConfFile> file =
            Optional.ofNullable(files.get(status.pid()))
                .filter(it -> ConfStore.same(it.values(), configured.get()));
        say(status, file);
      }
    } catch (IOException e) {
      Log.warning(status.pid() + ": cannot be found in ConfigAdmin (" + e + ")");
    }
  }

  private static void say(ConfigurationStatus status, Optional<ConfFile> file) {
    String what =
        file.map(it -> it.path().toString())
            .orElse(status.pid() + " (configured by another tool than a file)");
    switch (status.state()) {
      case ACCEPTED -> Log.info(what + ": in force");
      case REFUSED ->
          Log.warning(
              what + ": not in force, what was before stays: " + lines(status.errors(), file));
      case WAITING -> Log.info(what + ": not in force yet: " + lines(status.errors(), file));
    }
  }

  private static String lines(List<ConfigurationProblem> problems, Optional<ConfFile> file) {
    return problems.stream()
        .map(
            problem -> {
              int line = file.map(it -> it.text().line(problem.key())).orElse(0);
              return (line == 0 ? "" : "line " + line + ": ") + problem;
            })
        .collect(Collectors.joining("; "));
  }
}
