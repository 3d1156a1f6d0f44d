// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds files of tunnels that would take something from a tunnel that is configured, such as a copy
 * that was meant as a backup: the service lets only the last one in that comes with a token. Shows
 * no token. For one thread.
 */
final class TunnelTwins {
  private final ConfStore store;
  private final ConfJudge judge;
  private final Set<String> owners;

  /**
   * Makes one.
   *
   * @param store has the tunnels that are configured.
   * @param judge replaces placeholders.
   * @param owners the files that configurations come from, as of now.
   */
  TunnelTwins(ConfStore store, ConfJudge judge, Set<String> owners) {
    this.store = store;
    this.judge = judge;
    this.owners = owners;
  }

  /** Returns what a file would take from a tunnel that is configured, if it would. */
  Optional<String> complaint(ConfFile file) throws IOException {
    return complaint(file, owner -> true);
  }

  /** Returns the same of files alone that come before in the order of their names. */
  Optional<String> complaintOfEarlier(ConfFile file) throws IOException {
    String name = file.name().file();
    return complaint(file, owner -> owners.contains(owner) && owner.compareTo(name) < 0);
  }

  private Optional<String> complaint(ConfFile file, Predicate<String> counts) throws IOException {
    ConfName name = file.name();
    Map<String, Object> delivered = judge.delivered(file);
    if (!TunnelConf.isTunnel(name) || !TunnelConf.isEnabled(delivered)) {
      return Optional.empty();
    }
    List<TunnelClaim> others =
        store.delivered(name.pid()).entrySet().stream()
            .filter(other -> !other.getKey().equals(name.fullPid()))
            .filter(other -> TunnelConf.isEnabled(other.getValue()))
            .map(other -> TunnelClaim.of(owner(other.getKey()), other.getKey(), other.getValue()))
            .filter(other -> counts.test(other.owner()))
            .toList();
    List<String> complaints =
        TunnelClaim.of(name.file(), name.fullPid(), delivered).complaints(others);
    return complaints.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", complaints));
  }

  private String owner(String pid) {
    String file = ConfName.fileOf(pid);
    return owners.contains(file) ? file : pid;
  }
}
