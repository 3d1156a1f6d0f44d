// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import io.culvert.api.TunnelSpec;
import io.culvert.launcher.reference.Notice;
import io.culvert.launcher.reference.Settings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to run: the checked result of all arguments, files and variables. Immutable; its {@link
 * #toString()} hides the tokens.
 *
 * @param tunnel the tunnel to open, with the mappings of the command line.
 * @param verbosity how much to print, 0 (nothing) to 6 (everything).
 * @param bindAddress the local address to listen on or to connect from.
 * @param caPath a file or folder of additional certificate authorities.
 * @param verifyPeer whether the certificate of the service is checked.
 * @param configuredServices mappings of the configuration folder; those of the tunnel go before
 *     them.
 * @param settings the fine-grained settings.
 * @param notices what the user should hear of before anything starts.
 */
public record LaunchPlan(
    TunnelSpec tunnel,
    int verbosity,
    @Nullable String bindAddress,
    @Nullable Path caPath,
    boolean verifyPeer,
    Map<String, String> configuredServices,
    Settings settings,
    List<Notice> notices) {

  /** Copies the collections. */
  public LaunchPlan {
    configuredServices = Collections.unmodifiableMap(new LinkedHashMap<>(configuredServices));
    notices = List.copyOf(notices);
  }
}
