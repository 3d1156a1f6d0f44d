// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import io.culvert.api.ConfigurationListener;
import io.culvert.api.ConfigurationState;
import io.culvert.api.ConfigurationStatus;
import io.culvert.launcher.log.Log;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Map<String, Spoilt> spoilt = new ConcurrentHashMap<>();
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();

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
    spoilt.remove(file.name().fullPid());
    files.compute(file.name().fullPid(), (pid, last) -> new Handed(file, last));
  }

  /**
   * Notes that a file cannot be used as it is now.
   *
   * @param good what was applied of it before.
   */
  void spoil(Path file, ConfName name, AppliedVersion good) {
    spoilt.put(name.fullPid(), new Spoilt(file, good));
  }

  /** Forgets a file. */
  void remove(ConfName name) {
    spoilt.remove(name.fullPid());
    files.remove(name.fullPid());
  }

  /**
   * Says of a file that it is not handed over, as its component would refuse it.
   *
   * @param file the file.
   * @param status what the component would say.
   * @param instead what holds instead.
   */
  void refused(ConfFile file, ConfigurationStatus status, String instead) {
    String problems = Origin.of(file).problems(status);
    Log.warning(file.path() + ": not in force, " + instead + ": " + problems);
  }

  @Override
  public boolean isLogging() {
    return true;
  }

  @Override
  public void changed(ConfigurationStatus status) {
    String pid = status.pid();
    if (status.state() == ConfigurationState.ACCEPTED) {
      accepted.add(pid);
    }
    Optional<Map<String, Object>> configured = configured(pid);
    if (configured.isPresent()) {
      origin(pid, configured.get()).say(status, insteadOf(pid));
    } else if (!isPlain(status)) {
      Origin.defaults(pid).say(status, insteadOf(pid));
    }
  }

  @Override
  public void removed(String pid) {
    accepted.remove(pid);
  }

  private String insteadOf(String pid) {
    if (accepted.contains(pid)) {
      return "what was before stays";
    }
    return TunnelConf.isTunnel(pid) ? Meanwhile.CLOSED : Meanwhile.DEFAULTS;
  }

  private Optional<Map<String, Object>> configured(String pid) {
    try {
      return store.get(pid);
    } catch (IOException e) {
      Log.warning(pid + ": cannot be found in ConfigAdmin (" + e + ")");
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.empty(); // deleted meanwhile
    }
  }

  private static boolean isPlain(ConfigurationStatus status) {
    return status.state() == ConfigurationState.ACCEPTED && status.warnings().isEmpty();
  }

  private Origin origin(String pid, Map<String, Object> configured) {
    Optional<Origin> before =
        Optional.ofNullable(spoilt.get(pid))
            .filter(file -> file.good.says(configured))
            .map(file -> Origin.of(file.path, file.good));
    Optional<Origin> now =
        Optional.ofNullable(files.get(pid))
            .flatMap(handed -> handed.saying(configured))
            .map(Origin::of);
    return before.or(() -> now).orElseGet(() -> Origin.otherTool(pid));
  }

  /** A file that cannot be used as it is now, and what was applied of it before. */
  private record Spoilt(Path path, AppliedVersion good) {}

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
