// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.journal;

import io.culvert.emulator.registry.TunnelEnd;

/**
 * A client broke a rule of the protocol and was closed for it.
 *
 * @param tunnelId the tunnel.
 * @param end the end whose client it was.
 * @param reason which rule.
 */
public record Violation(String tunnelId, TunnelEnd end, String reason) {}
