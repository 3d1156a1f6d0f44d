// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.ConfigurationProblem;
import io.culvert.api.ConfigurationState;
import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelState;
import io.culvert.config.Reading;
import io.culvert.core.config.TunnelConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why the configuration of a tunnel is not in use. Immutable.
 *
 * @param spec what to open, if only the host refused that.
 * @param name the name to list the tunnel by.
 * @param mode which end it would be.
 * @param why what is wrong, or waited for.
 */
record Refusal(@Nullable TunnelSpec spec, String name, TunnelMode mode, Reading<TunnelConfig> why) {
  private static final List<ConfigurationProblem> SETTINGS_AWAITED =
      List.of(
          new ConfigurationProblem(
              "region, endpoint",
              null,
              "waits for the settings of the tunnel manager, whose secrets cannot be decoded yet"));

  /** The host cannot open the tunnel yet. */
  static Refusal waiting(TunnelSpec spec, List<ConfigurationProblem> warnings) {
    return of(spec, ConfigurationState.WAITING, ErrorCode.SECRET, SETTINGS_AWAITED, warnings);
  }

  /** The host cannot open the tunnel. */
  static Refusal byHost(
      TunnelSpec spec, List<ConfigurationProblem> problems, List<ConfigurationProblem> warnings) {
    return of(spec, ConfigurationState.REFUSED, ErrorCode.CONFIGURATION, problems, warnings);
  }

  private static Refusal of(
      TunnelSpec spec,
      ConfigurationState state,
      ErrorCode code,
      List<ConfigurationProblem> problems,
      List<ConfigurationProblem> warnings) {
    return new Refusal(
        spec, spec.name(), spec.mode(), new Reading<>(null, state, code, problems, warnings));
  }

  /** Tells whether the host refused the name, as another tunnel has it. */
  boolean isForName() {
    return spec != null && why.errors().stream().anyMatch(it -> it.key().equals("name"));
  }

  /** Returns the state to list the tunnel in. */
  TunnelState state() {
    return why.state() == ConfigurationState.WAITING ? TunnelState.WAITING : TunnelState.FAILED;
  }

  /** Returns the reason to list it with. */
  TunnelFailure failure() {
    return TunnelFailure.of(why.code(), why.reason());
  }
}
