// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
/**
 * One connection attempt: name look-up, TCP, web proxy, TLS and upgrade to a WebSocket, each step
 * timed and each failure with a typed cause.
 */
@NullMarked
package io.culvert.core.connect;

import org.jspecify.annotations.NullMarked;
