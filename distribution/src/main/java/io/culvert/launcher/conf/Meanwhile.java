// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import io.culvert.launcher.framework.KnownPids;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Tells what holds while a file cannot be used. For one thread. */
final class Meanwhile {
  /** What holds for a singleton of which nothing was ever right. */
  static final String DEFAULTS = "the defaults stay";

  /** What holds for a tunnel likewise. */
  static final String CLOSED = "the tunnel stays closed";

  private final AppliedFiles applied;
  private final ConfStore store;
  private final ConfJudge judge;

  Meanwhile(AppliedFiles applied, ConfStore store, ConfJudge judge) {
    this.applied = applied;
    this.store = store;
    this.judge = judge;
  }

  /**
   * Returns what holds instead of a file.
   *
   * @param known what can be configured.
   * @throws IOException if ConfigAdmin cannot read.
   */
  String insteadOf(ConfName name, KnownPids known) throws IOException {
    if (PidCheck.doubt(name, known).isPresent()) {
      return "it has no effect";
    }
    Optional<Map<String, Object>> configured = store.get(name.fullPid());
    if (configured.isPresent() && isGood(name)) {
      return applied
          .version(name.file())
          .filter(version -> version.says(configured.get()))
          .map(version -> version + " stays")
          .orElse("what another tool has configured stays");
    }
    if (name.name() == null && known.single().contains(name.pid())) {
      return DEFAULTS;
    }
    return TunnelConf.isTunnel(name) && name.name() != null ? CLOSED : "it has no effect";
  }

  private boolean isGood(ConfName name) throws IOException {
    return store.delivered(name).filter(it -> judge.refusal(name, it).isEmpty()).isPresent();
  }
}
