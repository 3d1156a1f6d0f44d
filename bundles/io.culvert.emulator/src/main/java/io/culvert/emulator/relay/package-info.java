// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Tunnel frames from one end of a tunnel to the other, and what can be made to go wrong on the way.
 * Confined to the event loop of its server.
 */
@NullMarked
package io.culvert.emulator.relay;

import org.jspecify.annotations.NullMarked;
