// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.journal;

import java.time.Instant;

/**
 * Whether an end of a tunnel has a client.
 *
 * @param isConnected whether it has one, as far as the service knows.
 * @param since when that became so.
 */
public record Presence(boolean isConnected, Instant since) {}
