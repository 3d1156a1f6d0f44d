// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The set of tunnels, and the life of each: connecting, being connected, connecting again, ending.
 */
@NullMarked
package io.culvert.core.tunnel;

import org.jspecify.annotations.NullMarked;
