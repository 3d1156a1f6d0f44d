// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.culvert.api.Secret;
import io.culvert.api.TunnelMode;
import io.culvert.config.HostPort;

/**
 * Who connects to which end of which tunnel.
 *
 * @param mode which end this process is.
 * @param endpoint the service.
 * @param accessToken the access token of that end.
 * @param clientToken the client token that goes with it.
 */
public record Handshake(
    TunnelMode mode, HostPort endpoint, Secret accessToken, Secret clientToken) {}
