// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.ConfigurationState;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelState;
import io.culvert.core.config.Reading;
import io.culvert.core.config.TunnelConfig;
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
