// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import io.culvert.api.ConfigurationListener;
import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import io.culvert.launcher.log.Log;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Says in the log what the components make of their configurations, by the files that these come
 * from. Safe for all threads.
 */
public final class Verdicts implements ConfigurationListener {
  private final ConfStore store;
  private final Map<String, Handed> files = new ConcurrentHashMap<>();

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
    files.compute(file.name().fullPid(), (pid, last) -> new Handed(file, last));
  }

  /** Forgets a file. */
  void remove(ConfName name) {
    files.remove(name.fullPid());
  }

  /**
   * Says of a file that it is not handed over, as its component would refuse it.
   *
   * @param file the file.
   * @param status what the component would say.
   * @param isGood whether there is a good configuration, which stays.
   */
  void refused(ConfFile file, ConfigurationStatus status, boolean isGood) {
    String stays =
        isGood
            ? "what was before stays"
            : file.name().name() == null ? "the defaults stay" : "the tunnel stays closed";
    List<ConfigurationProblem> problems =
        Stream.concat(status.errors().stream(), status.warnings().stream()).toList();
    Log.warning(file.path() + ": not in force, " + stays + ": " + lines(problems, file));
  }

  @Override
  public void changed(ConfigurationStatus status) {
    try {
      Optional<Map<String, Object>> configured = store.get(status.pid());
      if (configured.isPresent()) { // else the defaults are in force
        Optional.ofNullable(files.get(status.pid()))
            .flatMap(handed -> handed.saying(configured.get()))
            .ifPresentOrElse(file -> say(status, file), () -> say(status));
      }
    } catch (IOException e) {
      Log.warning(status.pid() + ": cannot be found in ConfigAdmin (" + e + ")");
    }
  }

  /** The component has warned already of what it refuses; this tells where that stands. */
  private static void say(ConfigurationStatus status, ConfFile file) {
    String problems = lines(status.errors(), file);
    switch (status.state()) {
      case ACCEPTED -> Log.info(file.path() + ": in force");
      case REFUSED -> Log.info(file.path() + ": not in force: " + problems);
      case WAITING -> Log.info(file.path() + ": not in force yet: " + problems);
    }
  }

  /** Another tool has configured that, or the file as it was before. */
  private static void say(ConfigurationStatus status) {
    if (status.state() == ConfigurationState.ACCEPTED) {
      Log.info(status.pid() + ": in force, but not from a file as it is now");
    }
  }

  private static String lines(List<ConfigurationProblem> problems, ConfFile file) {
    return problems.stream()
        .map(
            problem -> {
              int line = file.text().line(problem.key());
              return (line == 0 ? "" : "line " + line + ": ") + problem;
            })
        .collect(Collectors.joining("; "));
  }

  /** A file, and as it was before: a component may still tell of that. */
  private record Handed(ConfFile now, @Nullable ConfFile before) {
    Handed(ConfFile now, @Nullable Handed last) {
      this(now, last == null ? null : last.now);
    }

    Optional<ConfFile> saying(Map<String, Object> configured) {
      return Stream.of(Optional.of(now), Optional.ofNullable(before))
          .flatMap(Optional::stream)
          .filter(file -> ConfStore.same(file.values(), configured))
          .findFirst();
    }
  }
}
