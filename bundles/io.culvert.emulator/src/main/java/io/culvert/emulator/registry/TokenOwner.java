// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

/**
 * Whose access token it is.
 *
 * @param tunnel the tunnel.
 * @param end the end of the tunnel that may use it.
 */
public record TokenOwner(TunnelRecord tunnel, TunnelEnd end) {}
