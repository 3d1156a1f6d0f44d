// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import io.culvert.launcher.framework.KnownPids;
import io.culvert.launcher.log.Log;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files that were handed over, until that is said in the log. For one thread. */
final class HandedOver {
  private final SortedMap<String, ConfFile> files = new TreeMap<>();

  void put(ConfFile file) {
    files.put(file.name().file(), file);
  }

  /**
   * Says of each file that it was handed over, unless a component will, or what is odd about it.
   *
   * @throws IOException if a bundle cannot be read; nothing is said then.
   */
  void say(ConfFolder.KnownPidsSource known) throws IOException {
    if (files.isEmpty()) {
      return;
    }
    KnownPids pids = known.get();
    files.values().forEach(file -> say(file, pids));
    files.clear();
  }

  private static void say(ConfFile file, KnownPids pids) {
    ConfName name = file.name();
    Optional<String> doubt = PidCheck.doubt(name, pids).or(() -> PidCheck.suspicion(name, pids));
    if (doubt.isPresent()) {
      Log.warning(file.path() + ": " + doubt.get());
    } else if (!PidCheck.isReported(name, pids)) {
      Log.info(file.path() + ": handed over");
    }
  }
}
