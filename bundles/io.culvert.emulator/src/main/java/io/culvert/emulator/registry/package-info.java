// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What the emulated service knows of its tunnels: services and tokens. No socket, no event loop.
 */
@NullMarked
package io.culvert.emulator.registry;

import org.jspecify.annotations.NullMarked;
